using NodaTime;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>
/// Boundaries of billing periods. Boundary n is the anchor plus n intervals, never the previous boundary plus one, so
/// Jan 31 gives Feb 28, Mar 31, Apr 30. A local time that daylight saving skips moves forward by the length of the gap.
/// An ambiguous local time resolves to its first occurrence (see "Calendar" in the domain's README).
/// </summary>
public static class BillingCalendar
{
    /// <summary>The instant of boundary <paramref name="n"/>; boundary 0 is the anchor itself.</summary>
    public static Instant Boundary(LocalDateTime anchor, BillingInterval interval, int n, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var units = checked(n * interval.Count);
        var local = interval.Unit switch
        {
            IntervalUnit.Day => anchor.PlusDays(units),
            IntervalUnit.Week => anchor.PlusWeeks(units),
            IntervalUnit.Month => anchor.PlusMonths(units),
            IntervalUnit.Year => anchor.PlusYears(units),
            _ => throw new ArgumentOutOfRangeException(nameof(interval), interval.Unit, null),
        };
        return ToInstant(local, zone);
    }

    /// <summary>
    /// The instant <paramref name="days"/> calendar days after <paramref name="from"/>, at the same local time.
    /// </summary>
    public static Instant PlusDays(Instant from, int days, DateTimeZone zone) =>
        ToInstant(from.InZone(zone).LocalDateTime.PlusDays(days), zone);

    /// <summary>The instant of a local time. A skipped time moves forward; an ambiguous time resolves to its first occurrence.</summary>
    public static Instant ToInstant(LocalDateTime local, DateTimeZone zone) => local.InZoneLeniently(zone).ToInstant();
}
