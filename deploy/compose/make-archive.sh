#!/usr/bin/env bash
# The image runs this once, as the database user, when it creates the cluster.
set -euo pipefail

mkdir -p /var/lib/postgresql/data/wal-archive
