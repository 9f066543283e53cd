#!/usr/bin/env bash
# Dumps one billing database, while it works, into a folder that restore.sh takes. The dump is one snapshot: everything
# that was acknowledged before it began is in it.
#   PGHOST=db PGUSER=billing PGDATABASE=billing dump.sh /backup/billing-2026-01-31
# Connection and password by libpq's own means: PGHOST, PGPORT, PGUSER, PGDATABASE, ~/.pgpass. JOBS (2): tables at a time.
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

# Under another name until it is whole, so that nobody restores half a dump.
partial="$folder.partial"
rm -rf "$partial"
pg_dump --format=directory --jobs="${JOBS:-2}" --no-owner --no-privileges --file="$partial"
pg_restore --list "$partial" >/dev/null
sync -f "$partial"
mv "$partial" "$folder"
echo "dump: $PGDATABASE is in $folder ($(du -sh "$folder" | cut -f1))."
