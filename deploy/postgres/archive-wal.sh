#!/usr/bin/env bash
# PostgreSQL's archive_command: archives one finished segment of the write-ahead log, for restores to a point in time.
#   archive_command = '/usr/local/lib/orleans-billing/archive-wal.sh "%p" "%f" /var/lib/postgresql/wal-archive'
# Exits with 0 only when the segment is on disk under its own name. Otherwise PostgreSQL keeps the segment and tries again.
set -euo pipefail

if [ $# -ne 3 ]; then
  echo "usage: archive-wal.sh FILE NAME ARCHIVE" >&2
  exit 2
fi
file=$1 name=$2 archive=$3

# If the name exists, either a crash came after this segment was archived, or another server uses the same archive.
if [ -e "$archive/$name" ]; then
  cmp -s "$file" "$archive/$name" && exit 0
  echo "archive-wal: $archive/$name exists and differs; is the archive shared by two servers?" >&2
  exit 1
fi

# A temporary name until the segment is complete and durable, so a restore never reads half a segment.
cp "$file" "$archive/.$name.partial"
sync "$archive/.$name.partial"
mv "$archive/.$name.partial" "$archive/$name"
sync "$archive"
