#!/usr/bin/env bash
# 10,000 volunteers check in over HTTP beside pgbench, on a PostgreSQL and a Redis that it starts and ends itself.  checkin.sh [--quick] [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench checkin "$@"
