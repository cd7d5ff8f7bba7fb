#!/usr/bin/env bash
# Measures the ledger beside its alternatives on a PostgreSQL that it starts and ends itself.  ledger.sh [--quick] [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench ledger "$@"
