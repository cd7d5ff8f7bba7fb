#!/usr/bin/env bash
# Measures verifying a shift of 1,000 people by one request, on SQLite and on a PostgreSQL that it starts and ends itself.  verify.sh [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench verify "$@"
