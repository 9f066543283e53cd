#!/usr/bin/env bash
# Makes commits on the primary wait for a replica, or no longer wait. Nothing acknowledged is lost with the primary only while "on".
#   PGHOST=db-a PGUSER=postgres synchronous.sh on billing_b
#   PGHOST=db-a PGUSER=postgres synchronous.sh off
# Use "off" to continue without a replica when it is lost; commits that wait for it are then done.
set -euo pipefail

usage() {
  echo "usage: synchronous.sh on NAME | off" >&2
  exit 2
}

ask() {
  psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname=postgres --command="$1"
}

require() {
  ask "alter system set synchronous_standby_names = '$1'"
  ask "select pg_reload_conf()" >/dev/null
}

case ${1-} in
  off)
    [ $# -eq 1 ] || usage
    require ''
    echo "synchronous: commits wait for no replica. If this server is lost, what the replica did not receive is lost too."
    ;;
  on)
    [ $# -eq 2 ] || usage
    name=$2
    # A commit would wait for the whole gap of a replica that is still catching up.
    for _ in $(seq 300); do
      state=$(ask "select coalesce(max(state), 'absent') from pg_stat_replication where application_name = '$name'")
      if [ "$state" = streaming ]; then
        require "$name"
        echo "synchronous: each commit waits until $name has it on disk."
        exit 0
      fi
      sleep 0.2
    done
    echo "synchronous: $name is $state, not streaming; nothing was changed." >&2
    exit 1
    ;;
  *) usage ;;
esac
