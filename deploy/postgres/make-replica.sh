#!/usr/bin/env bash
# Copies the running primary into a new data folder. A server that is started on it is a replica of the primary.
#   PGHOST=db-a PGUSER=postgres make-replica.sh /var/lib/postgresql/15/replica billing_b
# The second argument names the replica; synchronous.sh uses the name. Run it on the replica's machine, as the user that runs the
# server there. Connection settings are the same as for dump.sh; the password must be in ~/.pgpass, because the replica keeps
# using it. The user needs the REPLICATION privilege.
set -euo pipefail

if [ $# -ne 2 ]; then
  echo "usage: make-replica.sh NEW_DATA_FOLDER NAME" >&2
  exit 2
fi
data=$1 name=$2

if [ -e "$data" ]; then
  echo "make-replica: $data exists already. If it is an old primary, move it away; never start it again." >&2
  exit 1
fi
case $name in
  *[!a-z0-9_]* | '') echo "make-replica: the name has lower-case letters, digits and underscores only." >&2; exit 2 ;;
esac

# The slot keeps the log that this replica still needs, within max_slot_wal_keep_size. One of an earlier replica is replaced.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres --output=/dev/null --command="
  select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '$name' and not active"
PGAPPNAME=$name pg_basebackup --pgdata="$data" --wal-method=stream --checkpoint=fast --create-slot --slot="$name" --write-recovery-conf

# With the primary's settings it would wait for itself as soon as it is promoted.
echo "synchronous_standby_names = ''" >>"$data/postgresql.auto.conf"
echo "make-replica: start a server on $data, then run: synchronous.sh on $name"
