#!/usr/bin/env bash
# Makes a replica the primary. Run it on the replica's machine, as the user that runs the server there (it
# connects to the local socket, like psql).
#   promote.sh
# It refuses while the old primary still sends to the replica: stop the old primary first, or add --anyway if you cannot. The new
# primary begins a timeline, so our servers move to it by themselves and never go back. It has no replica yet, and commits wait for
# none.
set -euo pipefail

if [ $# -gt 1 ] || [ "${1---anyway}" != --anyway ]; then
  echo "usage: promote.sh [--anyway]" >&2
  exit 2
fi

ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname=postgres --command="$1"
}

if [ "$(ask 'select pg_is_in_recovery()')" != t ]; then
  echo "promote: this server is a primary already." >&2
  exit 1
fi
if [ $# -eq 0 ] && [ "$(ask "select count(*) from pg_stat_wal_receiver where status = 'streaming'")" != 0 ]; then
  echo "promote: the old primary still sends to this replica. Stop it first, or add --anyway." >&2
  exit 1
fi

if [ "$(ask 'select pg_promote(true, 60)')" != t ]; then
  echo "promote: this server has not become the primary within a minute; see its log." >&2
  exit 1
fi
timeline=$(ask 'select left(pg_walfile_name(pg_current_wal_lsn()), 8)')
echo "promote: this server is the primary since $(ask 'select now()'), timeline $timeline."
echo "promote: never start the old primary on its old folder again; make it a replica with make-replica.sh, then synchronous.sh."
