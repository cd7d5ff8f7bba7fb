#!/usr/bin/env bash
# Every check and test of Phoenix, from a fresh clone, on a machine that has only the .NET SDK (and Node for the mini program).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly suite_limit=20m
# shellcheck source=deploy/lib/servers.sh
source "$root/deploy/lib/servers.sh"

usage() {
  cat <<'TEXT'
Usage: bash deploy/test.sh [--filter TEXT] [--rounds N] [SUITE...]

Installs by apt what is missing (PostgreSQL, Redis, Chromium, a Chinese font), starts private servers, builds, and runs every suite.
The last line is "N passed, N failed, N skipped"; the exit code is 0 only when something passed and nothing failed.

  SUITE          only suites whose name contains this, in any case: ledger, app, architecture, format ...
  --rounds N     rounds of the soak tests (random histories, killed processes) in place of the few by default
  --filter TEXT  only tests whose full name (namespace.class.method) contains this
  --list         print the names of the suites
  --help         this text
TEXT
}

# All suites, in the order they run. A suite is a test project of the solution, or a name X with a function run_X.
list_suites() {
  echo format
  echo miniprogram
  sed -n 's/.*"tests\\\([^\\"]*\)\\[^\\"]*\.csproj".*/\1/p' "$root/Phoenix.sln"
  echo e2e
  echo up
}

# ---- what is needed -------------------------------------------------------------------------------------------------

install_missing() {
  local missing=() sudo=()
  [[ -x $(postgres_bin)/initdb ]] || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [[ -x /usr/bin/chromium ]] || missing+=(chromium)
  [[ -n $(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null) ]] || missing+=(fonts-noto-cjk)
  ((${#missing[@]} > 0)) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null || { echo "Missing: ${missing[*]}. Install them, or run this as root." >&2 && return 1; }
    sudo=(sudo)
  fi
  echo "Installing ${missing[*]} ..."
  "${sudo[@]}" bash "$root/deploy/lib/install.sh" "${missing[@]}"
}

# Restores with the lock files and builds all once. Two copies of this script in one clone take turns.
build() {
  exec 8<"$root"
  flock 8
  if ! run_logged dotnet restore "$root/Phoenix.sln" --locked-mode --verbosity quiet 8<&- ||
    ! run_logged dotnet build "$root/Phoenix.sln" --configuration Release --no-restore --verbosity quiet 8<&-; then
    cat "$work/log"
    return 1
  fi
  exec 8<&-
}

# ---- suites ---------------------------------------------------------------------------------------------------------

passed=0 failed=0 skipped=0 child='' finished=''
failures=()

# Adds a suite's counts to the total: passed, failed, skipped.
count() {
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# Runs a command with a time limit and its output in $work/log; returns its exit code. In the background, so that a signal is heard at once.
run_logged() {
  local code=0
  timeout --kill-after=30s "$suite_limit" "$@" >"$work/log" 2>&1 &
  child=$!
  wait "$child" || code=$?
  child=''
  return "$code"
}

# Keeps a failure for the end, where the last lines of a long log are what is looked at.
tell_failed() {
  [[ -z $1 ]] || echo "$1" >>"$work/failures"
}

# Runs a command that passes or fails as a whole; counts as one test.
run_check() {
  if run_logged "$@"; then
    count 1 0 0
  else
    cat "$work/log"
    tell_failed "$(tail -n 3 "$work/log")"
    count 0 1 0
  fi
}

# Names and style are the build's own errors; whitespace is checked here. To repair: dotnet format whitespace Phoenix.sln
run_format() {
  run_check dotnet format whitespace "$root/Phoenix.sln" --verify-no-changes --no-restore --verbosity minimal
}

# The mini program's packages and generated types, once a run.
prepare_miniprogram() {
  [[ -z ${miniprogram_ready:-} ]] || return 0
  run_logged npm --prefix "$root/miniprogram" ci --no-progress && run_logged npm --prefix "$root/miniprogram" run --silent types || return 1
  miniprogram_ready=yes
}

# Runs vitest in the mini program's folder and counts what it reports.
run_vitest() {
  local code=0 good=0 bad=0 rest=0
  prepare_miniprogram && run_logged npm --prefix "$root/miniprogram" run --silent "$1" -- --reporter=default --reporter=json --outputFile.json="$work/vitest.json" \
    ${filter:+--testNamePattern "$filter"} || code=$?
  if [[ -f $work/vitest.json ]]; then
    tell_failed "$(node -e 'for (const f of JSON.parse(require("fs").readFileSync(process.argv[1])).testResults) for (const t of f.assertionResults) if (t.status === "failed") console.log(`failed ${require("path").basename(f.name)} > ${t.title}: ${t.failureMessages[0]?.split("\n")[0]}`)' "$work/vitest.json")"
    read -r good bad rest < <(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests)' "$work/vitest.json")
    rm "$work/vitest.json"
  fi
  ((code == 0)) || cat "$work/log"
  ((code == 0 || bad > 0)) || bad=1
  [[ -z $filter ]] || rest=0
  count "$good" "$bad" "$rest"
}

# Types, domain, API client, wording, and the preview runner.
run_miniprogram() {
  prepare_miniprogram && run_check npm --prefix "$root/miniprogram" run --silent check
  run_vitest test
}

# The product in the browser.
run_e2e() {
  run_vitest e2e
}

# The newcomer's command: the embedded host starts from nothing and is ready.
run_up() {
  run_check bash "$root/deploy/up.sh" --check --port "$(free_port)" --data "$work/data"
}

# The value of one line ("  total: 12") of the last summary that the test host printed; 0 when it printed none.
summary_value() {
  local value
  value=$(sed -n "/^Test run summary:/,\$ s/^  $1: \([0-9][0-9]*\)\$/\1/p" "$work/log" | tail -n 1)
  echo "${value:-0}"
}

# Runs one test project. A host that dies, hangs, or runs no test is a failure, whatever it counted before.
run_tests() {
  local suite=$1 code=0 good bad
  run_logged dotnet "$root/tests/$suite/bin/Release/net10.0/$suite.dll" --no-ansi --progress off --show-stdout failed --show-stderr failed \
    ${filter:+--filter-method "*$filter*"} || code=$?
  good=$(summary_value succeeded) bad=$(summary_value failed)
  if ((code == 8)) && [[ -n $filter ]]; then
    return 0
  fi
  if ((code != 0)); then
    cat "$work/log"
    tell_failed "$(grep --no-group-separator -A 4 '^failed ' "$work/log")"
  fi
  if ((code != 0 && bad == 0)); then
    echo "$suite: the test host ended with exit code $code."
    bad=1
  elif ((code == 0 && good == 0)); then
    echo "$suite: no test ran."
    bad=1
  fi
  count "$good" "$bad" "$(summary_value skipped)"
}

run_suite() {
  local suite=$1 began=$SECONDS before=("$passed" "$failed" "$skipped")
  if declare -F "run_$suite" >/dev/null; then
    "run_$suite"
  else
    run_tests "$suite"
  fi
  ((failed == before[1])) || failures+=("$suite")
  printf '%-28s %4d passed %3d failed %3d skipped %4d s\n' "$suite" \
    $((passed - before[0])) $((failed - before[1])) $((skipped - before[2])) $((SECONDS - began))
}

# ---- the run --------------------------------------------------------------------------------------------------------

select_suites() {
  local suite name
  while read -r suite; do
    ((${#names[@]} > 0)) || echo "$suite"
    for name in "${names[@]}"; do
      [[ ${suite,,} != *"${name,,}"* ]] || { echo "$suite" && break; }
    done
  done < <(list_suites)
}

# Whatever ends this script: nothing of it stays, and the last line tells the counts.
finish() {
  local code=$?
  trap - EXIT
  [[ -z $child ]] || kill "$child" 2>/dev/null || true
  stop_servers
  ((failed == 0)) || cat "$work/failures" 2>/dev/null || true
  rm -rf "$work"
  if [[ -z $finished ]]; then
    echo "Stopped before the end (exit code $code)."
    failed=$((failed + 1))
  fi
  ((${#failures[@]} == 0)) || echo "Failed: ${failures[*]}"
  echo "$passed passed, $failed failed, $skipped skipped"
  ((failed == 0 && passed > 0))
}

filter='' names=()
while (($# > 0)); do
  case $1 in
    --help) usage && exit 0 ;;
    --list) list_suites && exit 0 ;;
    --filter) [[ -n ${2:-} ]] || { echo "--filter needs a text." >&2 && exit 2; } && filter=$2 && shift ;;
    --rounds) [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { echo "--rounds needs a number." >&2 && exit 2; } && export PHOENIX_SOAK_ROUNDS=$2 && shift ;;
    -*) echo "Unknown option $1; see --help." >&2 && exit 2 ;;
    *) names+=("$1") ;;
  esac
  shift
done
mapfile -t suites < <(select_suites)
((${#suites[@]} > 0)) || { echo "No suite is named like: ${names[*]}; see --list." >&2 && exit 2; }
command -v npm >/dev/null || { echo "Node.js is needed: npm is not on the PATH." >&2 && exit 2; }
command -v dotnet >/dev/null || { echo "The .NET SDK named in global.json is needed: dotnet is not on the PATH." >&2 && exit 2; }

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d "${TMPDIR:-/tmp}/phoenix-test.XXXXXX")
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 711 "$work"
mkdir -m 1777 "$work/tmp"
cd "$root"

install_missing
began=$SECONDS
build || exit 1
echo "Built in $((SECONDS - began)) s."
start_postgres
start_redis
export TMPDIR=$work/tmp
for suite in "${suites[@]}"; do
  run_suite "$suite"
done
finished=yes
