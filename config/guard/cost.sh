#!/usr/bin/env bash
# Measures what the guard adds to an update: pgbench with rows of 4 and 40 kB, alternately without and with the guard. Creates
# and drops a database on the server in PGHOST, PGPORT and PGUSER. Commits do not wait for the disk, which would hide
# the cost.
#
#   config/guard/cost.sh [seconds of each run: 5] [rounds: 5]
set -euo pipefail
seconds=${1:-5}
rounds=${2:-5}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
export PGDATABASE=ratchet_guard_cost PGOPTIONS='-c synchronous_commit=off -c client_min_messages=warning'
trap 'rm -rf "$work"; psql -qd postgres -c "DROP DATABASE IF EXISTS $PGDATABASE WITH (FORCE)"' EXIT

sql() { psql -qAtX -v ON_ERROR_STOP=1 "$@"; }
sql -d postgres -c "CREATE DATABASE $PGDATABASE"
sql <<'END'
CREATE TABLE task (created_on TIMESTAMP DEFAULT CURRENT_TIMESTAMP, modified_on TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    task_id VARCHAR(255) PRIMARY KEY, json_data TEXT NOT NULL);
CREATE FUNCTION row_of(status text, end_time bigint, bytes int) RETURNS text LANGUAGE sql AS $$
    SELECT format('{"taskType":"HTTP","status":"%s","referenceTaskName":"upload__3","retryCount":0,"pollCount":1,'
            '"scheduledTime":1795359836001,"startTime":1795359836100,"endTime":%s,"taskId":"t","outputData":{"text":"%s"}}',
        status, end_time, (SELECT string_agg(md5(i::text), ' ') FROM generate_series(1, bytes / 33) i)) $$;
END

# Prints the mean latency of an update, ms. The rows are made anew, so that each run starts with the same table.
run() { # before after bytes
  sql -c "TRUNCATE task; INSERT INTO task (task_id, json_data) SELECT i, row_of($1, $3) FROM generate_series(1, 500) i"
  {
    echo '\set id random(1, 500)'
    echo "UPDATE task SET json_data='$(sql -c "SELECT row_of($2, $3)")', modified_on=CURRENT_TIMESTAMP WHERE task_id=:id::text;"
  } >"$work/update.sql"
  pgbench -n -T "$seconds" -f "$work/update.sql" | sed -n 's/^latency average = \([0-9.]*\) ms$/\1/p'
}
median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

compare() { # name before after bytes
  : >"$work/without" >"$work/with"
  for ((round = 0; round < rounds; round++)); do
    sql -f "$here/remove.sql" && run "$2" "$3" "$4" >>"$work/without"
    sql -f "$here/postgresql.sql" && run "$2" "$3" "$4" >>"$work/with"
  done
  awk -v name="$1" -v size="$(($4 / 1000)) kB" -v without="$(median <"$work/without")" -v with="$(median <"$work/with")" \
    'BEGIN { printf "| %s | %s | %.3f | %.3f | %.2f |\n", name, size, without, with, with / without }'
}

echo "| update | row | without, ms | with the guard, ms | ratio |"
echo "| --- | --- | ---: | ---: | ---: |"
for bytes in 4000 40000; do
  compare "of an open row" "'IN_PROGRESS', 0" "'IN_PROGRESS', 0" $bytes
  compare "of an ended row, which stays so" "'COMPLETED', 9" "'COMPLETED', 9" $bytes
  compare "refused" "'COMPLETED', 9" "'IN_PROGRESS', 0" $bytes
done
