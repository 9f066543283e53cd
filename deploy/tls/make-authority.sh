#!/usr/bin/env bash
# Makes a private authority: authority.key, which signs certificates, and ca.crt, by which everybody checks them.
#   make-authority.sh /secure/authority
# Whoever has authority.key can make a member of the cluster. Keep the folder away from the servers; they need only ca.crt.
# DAYS is how long it is valid (default: ten years). An existing authority is never replaced.
set -euo pipefail
umask 077

if [ $# -ne 1 ]; then
  echo "usage: make-authority.sh FOLDER" >&2
  exit 2
fi
folder=$1

if [ -e "$folder/authority.key" ]; then
  echo "make-authority: $folder/authority.key exists already." >&2
  exit 1
fi
mkdir -p "$folder"

settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
cat >"$settings" <<'SETTINGS'
[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
CN = Orleans Billing private authority
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
SETTINGS
openssl req -x509 -config "$settings" -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days "${DAYS:-3650}" \
  -keyout "$folder/authority.key.new" -out "$folder/ca.crt" 2>/dev/null
chmod 644 "$folder/ca.crt"
mv "$folder/authority.key.new" "$folder/authority.key"
echo "make-authority: $folder/ca.crt is valid until $(openssl x509 -in "$folder/ca.crt" -noout -enddate | cut -d= -f2)."
