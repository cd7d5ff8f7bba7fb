# shellcheck shell=bash
# A PostgreSQL and a Redis for one run of the tests, in the folder $work, on loopback ports of their own. To be sourced.
# shellcheck disable=SC2154

readonly first_port=20000
readonly port_count=12000
readonly start_attempts=5

# Prints the folder of PostgreSQL's server programs: PHOENIX_TEST_PG_BIN, or the newest that Debian installed.
postgres_bin() {
  if [[ -n ${PHOENIX_TEST_PG_BIN:-} ]]; then
    echo "$PHOENIX_TEST_PG_BIN"
  else
    find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' -printf '%h\n' 2>/dev/null | sort -V | tail -n 1
  fi
}

# Prints a loopback port that nobody listens on, below the range that outgoing connections use.
free_port() {
  local port
  while true; do
    port=$((first_port + (RANDOM * 32768 + RANDOM) % port_count))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# PostgreSQL refuses to run as root: there it runs as the user that Debian's package makes.
as_postgres() {
  if ((EUID == 0)); then
    (cd "$work/postgres" && exec runuser -u postgres -- "$@")
  else
    (cd "$work/postgres" && exec "$@")
  fi
}

# Starts PostgreSQL without fsync and exports PHOENIX_TEST_POSTGRES, the superuser's connection string.
start_postgres() {
  local bin port attempt
  local data=$work/postgres/data log=$work/postgres/log
  bin=$(postgres_bin)
  mkdir -p "$work/postgres"
  ((EUID != 0)) || chown postgres "$work/postgres"
  as_postgres "$bin/initdb" -D "$data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  for ((attempt = 1; attempt <= start_attempts; attempt++)); do
    port=$(free_port)
    if as_postgres "$bin/pg_ctl" start -D "$data" -s -w -t 60 -l "$log" \
      -o "-p $port -k $work/postgres -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=300 -c timezone=UTC" 2>/dev/null; then
      export PHOENIX_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
      return
    fi
  done
  cat "$log" >&2
  echo "PostgreSQL did not start." >&2
  return 1
}

# Starts Redis, keeping nothing on disk, and exports PHOENIX_TEST_REDIS ("host:port").
start_redis() {
  local port attempt line
  mkdir -p "$work/redis"
  for ((attempt = 1; attempt <= start_attempts; attempt++)); do
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --dir "$work/redis" --pidfile "$work/redis/redis.pid" \
      --save "" --appendonly no >"$work/redis/log" 2>&1 &
    # The server's own word ends the wait; its death ends it too.
    while read -r line; do
      [[ $line == *"Ready to accept connections"* ]] || continue
      export PHOENIX_TEST_REDIS="127.0.0.1:$port"
      return
    done < <(timeout 30 tail -n +1 --pid=$! -s 0.1 -f "$work/redis/log")
  done
  cat "$work/redis/log" >&2
  echo "Redis did not start." >&2
  return 1
}

# Stops every server under $work by the process id it wrote there: the two above, and those of tests that died.
stop_servers() {
  local file pid waited
  while read -r file; do
    pid=$(head -n 1 "$file" 2>/dev/null) || continue
    kill -s "$([[ $file == */postmaster.pid ]] && echo QUIT || echo TERM)" "$pid" 2>/dev/null || continue
    for ((waited = 0; waited < 100; waited++)); do
      [[ -e $file ]] || break
      sleep 0.1
    done
  done < <(find "$work" \( -name postmaster.pid -o -name redis.pid \) 2>/dev/null)
}
