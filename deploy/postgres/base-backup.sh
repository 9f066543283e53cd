#!/usr/bin/env bash
# Copies the whole server, while it works, into a folder from which restore-to.sh rolls forward with the archived log.
#   PGHOST=db PGUSER=postgres base-backup.sh /backup/base-2026-01-31
# Connection as for dump.sh; the user needs the right to replicate.
set -euo pipefail

if [ $# -ne 1 ]; then
  echo "usage: base-backup.sh FOLDER" >&2
  exit 2
fi
folder=$1

if [ -e "$folder" ]; then
  echo "base-backup: $folder exists already." >&2
  exit 1
fi

# With the log that the copy itself needs, so that it can be started even if the archive is lost.
partial="$folder.partial"
rm -rf "$partial"
pg_basebackup --pgdata="$partial" --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256
pg_verifybackup --quiet "$partial"
mv "$partial" "$folder"
echo "base-backup: the server is in $folder ($(du -sh "$folder" | cut -f1)), verified."
