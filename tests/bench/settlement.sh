#!/usr/bin/env bash
# Measures closing a month of 1,000,000 exchanges at 500 merchants (--quick: 100,000) beside bare set-based SQL, on a PostgreSQL that it starts and ends itself.  settlement.sh [--quick] [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench settlement "$@"
