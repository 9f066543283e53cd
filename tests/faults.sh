#!/usr/bin/env bash
# The long form of the fault tests, with the bounds of the runbook: 20 kills, 10 hangs, 3 kills in a burst of renewals, 5 promotions
# of a replica, and a rolling upgrade from the release that deploy/upgrade-from names. Takes about half an hour on an idle machine.
# Prints what each fault cost.
set -euo pipefail
cd "$(dirname "$0")/.."

run() {
  local rounds=$1 project=$2 tests=$3
  FAULT_ROUNDS=$rounds UPGRADE=true CI=true dotnet test -c Release "tests/OrleansBilling.$project" \
    --filter "FullyQualifiedName~$tests" --logger 'console;verbosity=detailed'
}

run 20 Silo.Tests PumpGapTests
run 10 Silo.Tests A_silo_that_hangs
run 3 Crash.Tests KillDuringRenewals
run 5 Deploy.Tests PromotionTests
run 1 Silo.Tests RollingUpgradeTests
