#!/usr/bin/env bash
# Computes the table of sizing.md from the figures in that file. sizing.sh prints the table, sizing.sh --write updates the file.
set -euo pipefail
document="$(dirname "$0")/sizing.md"

table() {
  awk -F'|' '
    # Figures are in rows such as: | `renewals_per_second` | 11731 | … |
    $2 ~ /^ `[a-z_]+` $/ { name = $2; value = $3; gsub(/[ `]/, "", name); gsub(/[ ,]/, "", value); if (value ~ /^[0-9.]+$/) is[name] = value }
    function round(x) { return sprintf("%.0f", x) }
    function up(x) { return (x == int(x)) ? x : int(x) + 1 }
    function grouped(n,   s) { s = round(n); while (s ~ /^[0-9]+[0-9][0-9][0-9]/) sub(/[0-9][0-9][0-9]($|,)/, ",&", s); return s }
    function duration(s) { return s < 90 ? round(s) " s" : s < 5400 ? round(s / 60) " min" : sprintf("%.1f h", s / 3600) }
    function bytes(b) { return b < 1e12 ? (b < 1e10 ? sprintf("%.1f", b / 1e9) : grouped(b / 1e9)) " GB" : sprintf("%.1f TB", b / 1e12) }
    function row(n,   databases, each, due, peak, stored) {
      databases = up(n / is["subscriptions_per_database_max"])
      each = n / databases
      due = each * is["due_on_worst_day_percent"] / 100
      peak = each * is["commands_per_subscription_and_month"] / 2629800 * is["peak_over_mean"]
      stored = ("bytes_per_subscription" in is) && ("bytes_per_event" in is) ? \
        bytes(each * (is["bytes_per_subscription"] + is["bytes_per_event"] * is["months_kept"] * (is["events_per_renewal"] + is["commands_per_subscription_and_month"]))) : "—"
      printf "| %s | %d | %s | %s | %s | %.2f %% | %s | %s |\n", grouped(n), databases, grouped(due), duration(due / (is["renewals_per_second"] * is["use_percent"] / 100)),
        grouped(peak), 100 * peak / is["commands_per_second"], bytes(n * is["grain_bytes"]), stored
    }
    END {
      print "| subscriptions | databases | due on the worst day, each | time to bill them | commands/s at the peak, each | of what was measured | memory, all live | stored, each |"
      print "|---|---|---|---|---|---|---|---|"
      split("100000 1000000 2500000 10000000 25000000 50000000 100000000", sizes, " ")
      for (i = 1; i in sizes; i++) row(sizes[i])
    }' "$document"
}

if [ "${1:-}" != --write ]; then
  table
  exit
fi
new=$(mktemp)
trap 'rm -f "$new"' EXIT
worked=$(table)
awk -v table="$worked" '/<!-- table -->/ { print; print table; skip = 1; next } /<!-- end -->/ { skip = 0 } !skip' "$document" >"$new"
cat "$new" >"$document"
