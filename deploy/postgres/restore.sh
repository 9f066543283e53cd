#!/usr/bin/env bash
# Restores a folder of dump.sh into a new database. It never changes an existing database, so you can inspect the restored
# one before you point servers to it.
#   PGHOST=db PGUSER=billing PGDATABASE=billing_restored restore.sh /backup/billing-2026-01-31
# Connection settings and JOBS are the same as for dump.sh.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: restore.sh FOLDER" >&2
  exit 2
fi
folder=$1
: "${PGDATABASE:?name the database to make}"

pg_restore --list "$folder" >/dev/null
createdb --maintenance-db=postgres --template=template0 "$PGDATABASE"
pg_restore --exit-on-error --jobs="${JOBS:-2}" --no-owner --no-privileges --dbname="$PGDATABASE" "$folder"

# The copy still lists the members of the old cluster. New servers would wait for members that are gone and would join members
# that still run.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --command="
  do \$\$ begin if to_regclass('cluster_member') is not null then delete from cluster_member; end if; end \$\$"

# Without statistics of the planner, the first due scans would read whole tables.
vacuumdb --analyze-only --quiet --dbname="$PGDATABASE"

# The version of a snapshot is the number of its events. If it is not, the dump is not from one instant. Dumps of older
# programs have all events in one table.
events=$(psql --no-psqlrc --tuples-only --no-align --command="select coalesce(to_regclass('history')::text, 'event')")
torn=$(psql --no-psqlrc --tuples-only --no-align --command="
  select count(*) from subscription as s
  full join (select subscription_id, count(*) as events from $events group by subscription_id) as e on e.subscription_id = s.id
  where s.version is distinct from e.events")
if [ "$torn" != 0 ]; then
  echo "restore: $torn subscriptions do not have as many events as their version says." >&2
  exit 1
fi
echo "restore: $PGDATABASE holds $(psql --no-psqlrc --tuples-only --no-align --command='select count(*) from subscription') subscriptions, each with as many events as its version."
