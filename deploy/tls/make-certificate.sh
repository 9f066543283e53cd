#!/usr/bin/env bash
# Makes a certificate of the private authority: tls.key, tls.crt (with its chain) and ca.crt, the names that Kubernetes uses too.
#   make-certificate.sh /secure/authority /etc/orleans-billing/tls silo-1.example.com 10.0.0.11
# The names and addresses are those at which others reach the owner. The certificate serves both ends of mutual TLS.
# Run it again to renew: the key stays, and the new certificate takes the place of the old one in one step, so that a process
# which reads them at any moment finds a pair. To change the key too, delete tls.key first and restart the process afterwards.
# DAYS is how long it is valid (default: 90). OWNER is who may read the key, as for chown.
set -euo pipefail
umask 077

if [ $# -lt 3 ]; then
  echo "usage: make-certificate.sh AUTHORITY_FOLDER FOLDER NAME_OR_ADDRESS…" >&2
  exit 2
fi
authority=$1 folder=$2
shift 2
mkdir -p "$folder"

names=""
for name in "$@"; do
  case $name in
    *[!0-9A-Za-z.:_-]*) echo "make-certificate: $name is neither a name nor an address." >&2; exit 2 ;;
    *:* | [0-9]*.[0-9]*.[0-9]*.[0-9]*) names="$names, IP:$name" ;;
    *) names="$names, DNS:$name" ;;
  esac
done

work=$(mktemp -d "$folder/.new.XXXXXX")
trap 'rm -rf "$work"' EXIT
cat >"$work/extensions" <<EXTENSIONS
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${names#, }
EXTENSIONS

key="$folder/tls.key"
if [ ! -e "$key" ]; then
  key="$work/tls.key"
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out "$key"
fi
openssl req -new -key "$key" -subj "/CN=$1" -out "$work/request"
openssl x509 -req -in "$work/request" -CA "$authority/ca.crt" -CAkey "$authority/authority.key" -sha256 -days "${DAYS:-90}" \
  -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/extensions" -out "$work/tls.crt" 2>/dev/null
cat "$authority/ca.crt" >>"$work/tls.crt"
cp "$authority/ca.crt" "$work/ca.crt"
chmod 644 "$work/tls.crt" "$work/ca.crt"
for file in tls.key ca.crt tls.crt; do
  [ -e "$work/$file" ] || continue
  [ -z "${OWNER:-}" ] || chown "$OWNER" "$work/$file"
  mv "$work/$file" "$folder/$file"
done
chmod 755 "$folder"
echo "make-certificate: $folder/tls.crt is valid until $(openssl x509 -in "$folder/tls.crt" -noout -enddate | cut -d= -f2)."
