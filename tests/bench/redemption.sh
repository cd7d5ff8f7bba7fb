#!/usr/bin/env bash
# Measures holding and handing over over HTTP beside pgbench tpcb-like, on a PostgreSQL and a Redis that it starts and ends itself.  redemption.sh [--quick] [--json FILE]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
exec dotnet run --configuration Release --project "$here/../../backend/Phoenix.App" -- bench redemption "$@"
