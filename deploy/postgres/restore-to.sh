#!/usr/bin/env bash
# Creates a data folder. A server that starts on it restores everything that the old server had committed by an instant.
#   restore-to.sh /backup/base-2026-01-31 /var/lib/postgresql/wal-archive /var/lib/postgresql/15/restored '2026-01-31 11:59:00+00'
# With "latest" instead of an instant, it restores up to the end of the archive.
# Run it as the user that runs the server. The base backup must be older than the instant. The base backup and the archive
# are not changed. After the server has reached the instant, it accepts writes on a new timeline.
set -euo pipefail

if [ $# -ne 4 ]; then
  echo "usage: restore-to.sh BASE_BACKUP ARCHIVE NEW_DATA_FOLDER INSTANT|latest" >&2
  exit 2
fi
base=$1 archive=$2 data=$3 instant=$4

if [ -e "$data" ]; then
  echo "restore-to: $data exists already." >&2
  exit 1
fi
for path in "$archive" "$instant"; do
  case $path in
    *\'*) echo "restore-to: no quotes, please: $path" >&2; exit 2 ;;
  esac
done

pg_verifybackup --quiet "$base"
cp -a "$base" "$data"
chmod 700 "$data"

# The copy must not write to the archive that it reads. Archiving stays off until it gets its own archive.
cat >>"$data/postgresql.auto.conf" <<CONF
restore_command = 'cp "$archive/%f" "%p"'
archive_mode = 'off'
CONF
if [ "$instant" != latest ]; then
  cat >>"$data/postgresql.auto.conf" <<CONF
recovery_target_time = '$instant'
recovery_target_action = 'promote'
CONF
fi
touch "$data/recovery.signal"
echo "restore-to: start a server on $data; select pg_is_in_recovery() turns false when it has reached $instant."
