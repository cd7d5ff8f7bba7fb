#!/usr/bin/env bash
# Builds Phoenix and runs it on this machine with nothing else installed: embedded database, sample community, simulated WeChat.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
readonly ready_seconds=60
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

usage() {
  cat <<'TEXT'
Usage: bash deploy/up.sh [--port PORT] [--data FOLDER] [--check]

Builds (Release) and starts Phoenix in the foreground, with its mini program in the browser; Ctrl-C stops it.

  --port PORT    where it listens on 127.0.0.1 (5080)
  --data FOLDER  where everything is kept (data, beside README.md)
  --check        stop as soon as it is ready; the exit code tells whether it got there
  --help         this text
TEXT
}

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

port=5080 data=$root/data check=''
while (($# > 0)); do
  case $1 in
    --help) usage && exit 0 ;;
    --check) check=yes ;;
    --port | --data) [[ -n ${2:-} ]] || fail "$1 needs a value; see --help." 2
      [[ $1 == --port ]] && port=$2 || data=$(realpath -m "$2")
      shift ;;
    *) fail "Unknown option $1; see --help." 2 ;;
  esac
  shift
done
if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
  fail "--port takes a number from 1 to 65535, not '$port'." 2
fi
command -v dotnet >/dev/null || fail "The .NET SDK named in global.json is needed: dotnet is not on the PATH."
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  fail "Port $port is in use: stop what listens there, or choose another with --port."
fi

build() {
  local log
  log=$(mktemp)
  # Compiled ahead of time: half the time to start.
  if ! dotnet publish "$root/backend/Phoenix.App" --configuration Release --runtime linux-x64 --no-self-contained --output "$root/artifacts/phoenix" --verbosity quiet >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "The build failed."
  fi
  rm -f "$log"
  build_preview
}

# The mini program in a browser. Without Node the rest still runs.
build_preview() {
  local log code=0
  command -v npm >/dev/null || { echo "Without Node.js: no preview of the mini program." >&2 && return 0; }
  log=$(mktemp)
  { [[ -d $root/miniprogram/node_modules ]] || npm --prefix "$root/miniprogram" ci --no-progress; } >"$log" 2>&1 &&
    npm --prefix "$root/miniprogram" run --silent preview -- "$root/miniprogram/src" "$root/artifacts/preview" >>"$log" 2>&1 || code=$?
  ((code == 0)) || cat "$log" >&2
  rm -f "$log"
  ((code == 0)) || fail "The preview of the mini program didn't build."
  export PHOENIX_PREVIEW=$root/artifacts/preview
}

# Prints the status code that an address of the host answers with; nothing when it doesn't answer.
status_of() {
  local line
  {
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 0
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" "$port" >&3
    IFS= read -r -t 5 line <&3 || true
    exec 3>&-
  } 2>/dev/null
  [[ ! ${line:-} =~ ^HTTP/[0-9.]+\ ([0-9]{3}) ]] || echo "${BASH_REMATCH[1]}"
}

microseconds() {
  echo "${EPOCHREALTIME/[.,]/}"
}

wait_ready() {
  local began=$1
  until [[ $(status_of /health/ready) == 200 ]]; do
    kill -0 "$host" 2>/dev/null || fail "Phoenix stopped before it was ready."
    (($(microseconds) - began < ready_seconds * 1000000)) || fail "Phoenix was not ready within $ready_seconds s."
    sleep 0.05
  done
}

tell() {
  local took=$1 resident
  resident=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$host/status")
  printf 'Ready in %d.%02d s, %d MB resident.\n' $((took / 1000000)) $((took / 10000 % 100)) $((resident / 1024))
  [[ -z ${PHOENIX_PREVIEW:-} ]] || echo "  preview    http://127.0.0.1:$port/preview/"
  cat <<TEXT
  app        http://127.0.0.1:$port/
  API docs   http://127.0.0.1:$port/docs
  simulator  http://127.0.0.1:$port/simulator/
  health     http://127.0.0.1:$port/health/ready
  data       $data
TEXT
}

stop() {
  [[ -n ${host:-} ]] || return 0
  kill -TERM "$host" 2>/dev/null || true
  wait "$host" 2>/dev/null || true
}

build
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
began=$(microseconds)
dotnet "$root/artifacts/phoenix/phoenix.dll" \
  serve --seed --wechat simulator --url "http://127.0.0.1:$port" --data "$data" &
host=$!
wait_ready "$began"
[[ -z ${PHOENIX_PREVIEW:-} || $(status_of /preview/) == 200 ]] || fail "The preview doesn't answer."
tell $(($(microseconds) - began))
if [[ -z $check ]]; then
  echo "Ctrl-C stops it."
  wait "$host"
fi
