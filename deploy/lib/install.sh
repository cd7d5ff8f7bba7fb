#!/usr/bin/env bash
# Installs the named Debian packages quietly and starts none of the services they bring. Runs as root; one copy at a time.
# Usage: install.sh PACKAGE...
set -euo pipefail

readonly policy=/usr/sbin/policy-rc.d
readonly saved=$policy.before-phoenix

# Puts back the machine's own answer to "may a package start its service?", or none if it had none.
restore_policy() {
  rm -f "$policy"
  [[ ! -e $saved ]] || mv "$saved" "$policy"
}

# Debian's packages start their service when installed, and enable it for the next boot. Here tests start their own.
forbid_services() {
  [[ ! -e $policy ]] || mv -n "$policy" "$saved"
  trap restore_policy EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
}

disable_services() {
  local unit
  [[ -d /run/systemd/system ]] || return 0
  for unit in "$@"; do
    systemctl disable --quiet --now "$unit" 2>/dev/null || true
  done
}

exec 9>/run/lock/phoenix-install.lock
flock 9
forbid_services
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; } </dev/null >"$log" 2>&1 9>&-; then
  tail -n 20 "$log" >&2
  rm -f "$log"
  echo "Could not install: $*" >&2
  exit 1
fi
rm -f "$log"
disable_services "$@"
