#!/usr/bin/env bash
# Makes the private authority once, and new certificates at each start. Each container gets only its own, or only ca.crt; the
# authority's key stays in a volume of its own. To renew without a restart of the servers:
#   docker compose -f deploy/compose/compose.yaml run --rm certificates
#   docker compose -f deploy/compose/compose.yaml exec -u postgres postgres psql -c 'select pg_reload_conf()'
set -euo pipefail
scripts="$(dirname "$0")/../tls"
volumes="${VOLUMES:-}"

[ -e "$volumes/authority/authority.key" ] || "$scripts/make-authority.sh" "$volumes/authority"
install -D -m 644 "$volumes/authority/ca.crt" "$volumes/tls/public/ca.crt"
# The users of the images: postgres and app.
OWNER="${POSTGRES_OWNER:-999:999}" "$scripts/make-certificate.sh" "$volumes/authority" "$volumes/tls/postgres" postgres
OWNER="${SERVERS_OWNER:-1654:1654}" "$scripts/make-certificate.sh" "$volumes/authority" "$volumes/tls/servers" orleans-billing
