#!/usr/bin/env bash
# Starts the server in a container, in the role that Billing__Role names (all unless set). HTTP is on 5080 in every role, so
# that health checks are the same. Arguments are passed on to the server.
set -euo pipefail

# Silos and gateways connect to a process that holds grains: it announces this container's own address unless told otherwise.
if [ "${Billing__Role:-all}" != gateway ]; then
  if [ -z "${Billing__AdvertisedAddress:-}" ]; then
    read -r Billing__AdvertisedAddress _ < <(hostname -i)
    export Billing__AdvertisedAddress
  fi
  export Billing__SiloPort="${Billing__SiloPort:-11111}" Billing__GatewayPort="${Billing__GatewayPort:-30000}"
fi

# In place of this shell, so that SIGTERM reaches the server and it drains.
exec dotnet OrleansBilling.Server.dll --urls http://0.0.0.0:5080 "$@"
