using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// The months of a run, counted from its start (UTC). Like billing periods they are half-open
/// and clamped to a month's last day.
/// </summary>
internal sealed class MonthGrid
{
    private readonly Instant[] boundaries;

    public MonthGrid(Instant from, int months)
    {
        boundaries = new Instant[months + 1];
        for (var n = 0; n <= months; n++)
            boundaries[n] = BillingCalendar.Boundary(
                from.InUtc().LocalDateTime, new BillingInterval(IntervalUnit.Month, 1), n, DateTimeZone.Utc);
    }

    public int Count => boundaries.Length - 1;

    /// <summary>The first instant after the last month.</summary>
    public Instant End => boundaries[^1];

    /// <summary>The first instant of a month, counted from 0.</summary>
    public Instant StartOf(int month) => boundaries[month];
}
