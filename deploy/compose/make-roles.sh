#!/usr/bin/env bash
# The image runs this once, as the superuser, when it creates the cluster: the roles with their passwords.
set -euo pipefail

psql --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --dbname=billing --file="${ROLES:-/usr/local/lib/orleans-billing/roles.sql}"
psql --no-psqlrc --set=ON_ERROR_STOP=1 --quiet --dbname=billing <<'SQL'
\getenv service BILLING_DATABASE_PASSWORD
\getenv migrations BILLING_MIGRATIONS_PASSWORD
\getenv backup BILLING_BACKUP_PASSWORD
alter role billing password :'service';
alter role billing_migrations password :'migrations';
alter role billing_backup password :'backup';
SQL
