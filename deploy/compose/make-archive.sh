#!/usr/bin/env bash
# Run once by the image, as the database's user, when the cluster is made.
set -euo pipefail

mkdir -p /var/lib/postgresql/data/wal-archive
