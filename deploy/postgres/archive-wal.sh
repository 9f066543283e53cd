#!/usr/bin/env bash
# PostgreSQL's archive_command: keeps one finished piece of the write-ahead log, for restores to a point in time.
#   archive_command = '/usr/local/lib/orleans-billing/archive-wal.sh "%p" "%f" /var/lib/postgresql/wal-archive'
# Ends with 0 only when the piece is on disk under its own name; otherwise PostgreSQL keeps it and asks again.
set -euo pipefail

if [ $# -ne 3 ]; then
  echo "usage: archive-wal.sh FILE NAME ARCHIVE" >&2
  exit 2
fi
file=$1 name=$2 archive=$3

# A piece that is there already is either the same, kept before a crash could tell PostgreSQL so, or somebody else's.
if [ -e "$archive/$name" ]; then
  cmp -s "$file" "$archive/$name" && exit 0
  echo "archive-wal: $archive/$name exists and differs; is the archive shared by two servers?" >&2
  exit 1
fi

# Under another name until it is whole and durable, so that a restore never meets half a piece.
cp "$file" "$archive/.$name.partial"
sync "$archive/.$name.partial"
mv "$archive/.$name.partial" "$archive/$name"
sync "$archive"
