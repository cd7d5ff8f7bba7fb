#!/usr/bin/env bash
# Measures signing in and refreshing beside an endpoint that only signs a token, on SQLite and on a PostgreSQL that it starts and ends itself.  login.sh [--quick] [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench login "$@"
