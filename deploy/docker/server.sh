#!/usr/bin/env bash
# Starts the server in a container, in the role of Billing__Role (default: all). HTTP is on port 5080 in every role, so health
# checks are the same. Arguments are passed to the server.
set -euo pipefail

# Other silos and gateways connect to a process that holds grains. It advertises the address of this container by default.
if [ "${Billing__Role:-all}" != gateway ]; then
  if [ -z "${Billing__AdvertisedAddress:-}" ]; then
    read -r Billing__AdvertisedAddress _ < <(hostname -i)
    export Billing__AdvertisedAddress
  fi
  export Billing__SiloPort="${Billing__SiloPort:-11111}" Billing__GatewayPort="${Billing__GatewayPort:-30000}"
fi

# Replaces this shell, so that SIGTERM reaches the server and drains it.
exec dotnet OrleansBilling.Server.dll --urls http://0.0.0.0:5080 "$@"
