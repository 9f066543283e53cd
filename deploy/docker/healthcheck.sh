#!/usr/bin/env bash
# Checks that a program in this container answers 200: healthcheck PORT PATH. It uses only bash, because the images have no
# curl.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
read -r -t 2 _ status _ <&3
[ "$status" = 200 ]
