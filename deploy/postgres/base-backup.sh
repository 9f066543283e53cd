#!/usr/bin/env bash
# Copies the whole running server into a folder. restore-to.sh starts from this folder and replays the archived log.
#   PGHOST=db PGUSER=postgres base-backup.sh /backup/base-2026-01-31
# Connection settings are the same as for dump.sh. The user needs the REPLICATION privilege.
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

# Includes the log that the copy itself needs, so it can be started even if the archive is lost.
partial="$folder.partial"
rm -rf "$partial"
pg_basebackup --pgdata="$partial" --wal-method=stream --checkpoint=fast --manifest-checksums=SHA256
pg_verifybackup --quiet "$partial"
mv "$partial" "$folder"
echo "base-backup: the server is in $folder ($(du -sh "$folder" | cut -f1)), verified."
