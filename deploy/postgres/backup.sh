#!/usr/bin/env bash
# The scheduled backup of one database: a dump, and the check that it restores.
#   PGHOST=db PGUSER=billing_backup PGDATABASE=billing backup.sh /backup
# Restores the dump into the scratch database PGDATABASE_check and drops it again. Only then does the dump count: it is noted in
# operations.backup, whose age the alert BackupOld watches, and dumps older than KEEP_DAYS (default 14) are deleted. CHECK_HOST is
# another server for the scratch database, so that the check does not load this one. Connection settings are those of dump.sh.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: backup.sh FOLDER" >&2
  exit 2
fi
: "${PGDATABASE:?name the database}"
here=$(dirname "$(readlink -f "$0")")
dump="$1/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ)"
scratch="${PGDATABASE}_check"
started=$SECONDS

failed() {
  dropdb --host="${CHECK_HOST:-${PGHOST:-}}" --maintenance-db=postgres --if-exists --force "$scratch" || true
  echo "backup: FAILED after $((SECONDS - started)) s; $1" >&2
  exit 1
}

"$here/dump.sh" "$dump" || failed "there is no new dump."

# A check that was killed may have left its database.
dropdb --host="${CHECK_HOST:-${PGHOST:-}}" --maintenance-db=postgres --if-exists --force "$scratch" || failed "$scratch cannot be dropped."
restored=$(PGHOST="${CHECK_HOST:-${PGHOST:-}}" PGDATABASE="$scratch" "$here/restore.sh" "$dump") || failed "$dump does not restore."
dropdb --host="${CHECK_HOST:-${PGHOST:-}}" --maintenance-db=postgres --force "$scratch" || failed "$scratch cannot be dropped."

bytes=$(du -sb "$dump" | cut -f1)
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --command="
  insert into operations.backup (folder, bytes, seconds) values ('${dump//\'/\'\'}', $bytes, $((SECONDS - started)))" ||
  failed "$dump restores, but operations.backup did not take the note. Was roles.sql run?"

# Only folders of this script, and never the newest.
find "$1" -mindepth 1 -maxdepth 1 -type d -name "$PGDATABASE-????????T??????Z" -mtime "+${KEEP_DAYS:-14}" \
  ! -path "$dump" -exec rm -rf {} +
echo "backup: ok after $((SECONDS - started)) s; $dump; $restored"
