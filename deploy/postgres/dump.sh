#!/usr/bin/env bash
# Dumps one billing database while it is in use, into a folder for restore.sh. The dump is one snapshot: it contains
# everything that was acknowledged before it began.
#   PGHOST=db PGUSER=billing PGDATABASE=billing dump.sh /backup/billing-2026-01-31
# Connection and password are read by libpq: PGHOST, PGPORT, PGUSER, PGDATABASE, ~/.pgpass. JOBS is the number of tables at
# a time; the default is 2.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: dump.sh FOLDER" >&2
  exit 2
fi
folder=$1
: "${PGDATABASE:?name the database}"

if [ -e "$folder" ]; then
  echo "dump: $folder exists already." >&2
  exit 1
fi

# A temporary name until the dump is complete, so nobody restores half a dump.
partial="$folder.partial"
rm -rf "$partial"
pg_dump --format=directory --jobs="${JOBS:-2}" --no-owner --no-privileges --file="$partial"
pg_restore --list "$partial" >/dev/null
sync -f "$partial"
mv "$partial" "$folder"
echo "dump: $PGDATABASE is in $folder ($(du -sh "$folder" | cut -f1))."
