#!/usr/bin/env bash
# Starts a silo that others can reach: unless told otherwise it announces this container's own address.
set -euo pipefail

if [ -z "${Billing__AdvertisedAddress:-}" ]; then
  read -r Billing__AdvertisedAddress _ < <(hostname -i)
  export Billing__AdvertisedAddress
fi
export Billing__SiloPort="${Billing__SiloPort:-11111}" Billing__GatewayPort="${Billing__GatewayPort:-30000}"

# In place of this shell, so that SIGTERM reaches the silo and it drains.
exec dotnet OrleansBilling.Cluster.dll --urls http://0.0.0.0:8081
