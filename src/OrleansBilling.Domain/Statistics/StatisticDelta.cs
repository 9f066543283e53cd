using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>A change of one counter.</summary>
/// <param name="Day">Days since 1970-01-01, in the product's time zone.</param>
/// <param name="OfferId">The offer; it determines plan, product, seller and currency.</param>
/// <param name="Slice">
/// Used by some metrics: the origin of a cancellation, a month (<see cref="MonthOf(Instant, DateTimeZone)"/>) or a variant;
/// null otherwise.
/// </param>
/// <param name="Value">The change, added to the counter.</param>
/// <param name="Name">Used by some metrics: a reason, a decline code or a party. It is stored as a number in place of the slice.</param>
public readonly record struct StatisticDelta(int Day, string OfferId, StatisticMetric Metric, int? Slice, long Value, string? Name = null)
{
    private const int SecondsPerDay = 86_400;

    /// <summary>Whether a metric is counted by name.</summary>
    public static bool IsNamed(StatisticMetric metric) => metric >= StatisticMetric.CancellationsByReason;

    /// <summary>The month number of an instant in a time zone: months since January of year 0.</summary>
    public static int MonthOf(Instant at, DateTimeZone zone) => MonthOf(at.InZone(zone).Date);

    /// <summary>The month number of a date: months since January of year 0.</summary>
    public static int MonthOf(LocalDate date) => (date.Year * 12) + date.Month - 1;

    public static int SliceOf(CancellationOrigin origin) => (int)origin;

    /// <summary>The day number of an instant in UTC.</summary>
    public static int DayOf(Instant at) => DayOf(at, DateTimeZone.Utc);

    /// <summary>The day number of an instant in a time zone: days since 1970-01-01.</summary>
    public static int DayOf(Instant at, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var seconds = at.ToUnixTimeSeconds() + zone.GetUtcOffset(at).Seconds;
        return (int)(seconds >= 0 ? seconds / SecondsPerDay : ((seconds + 1) / SecondsPerDay) - 1);
    }

    /// <summary>The day number of a date: days since 1970-01-01.</summary>
    public static int DayOf(LocalDate date) => NodaTime.Period.DaysBetween(new LocalDate(1970, 1, 1), date);
}
