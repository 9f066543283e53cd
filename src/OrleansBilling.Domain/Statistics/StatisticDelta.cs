using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What is counted, by day (UTC), offer and origin. The numbers are stored: never reuse one. Gauges are sums of their
/// changes since the beginning; money is minor units of the offer's currency.
/// </summary>
public enum StatisticMetric
{
    /// <summary>Gauge: subscriptions in status pending.</summary>
    Pending = 1,

    /// <summary>Gauge: in status trialing.</summary>
    Trialing = 2,

    /// <summary>Gauge: in status active.</summary>
    Active = 3,

    /// <summary>Gauge: in status past due.</summary>
    PastDue = 4,

    /// <summary>Gauge: in status paused.</summary>
    Paused = 5,

    /// <summary>Gauge: in status canceled.</summary>
    Canceled = 6,

    /// <summary>Gauge: in status expired.</summary>
    Expired = 7,

    /// <summary>Gauge: in status completed.</summary>
    Completed = 8,

    /// <summary>Subscriptions that became current (active or past due), other than by going on after a pause.</summary>
    New = 10,

    /// <summary>Subscriptions that became canceled; by origin.</summary>
    Cancellations = 11,

    /// <summary>Seconds from start to cancellation of those canceled; by origin.</summary>
    CanceledLifetimeSeconds = 12,

    /// <summary>Net minor units collected from those canceled, over their lives; by origin.</summary>
    CanceledCollected = 13,

    /// <summary>Recurrences paid by those canceled, over their lives; by origin.</summary>
    CanceledPaidRecurrences = 14,

    /// <summary>Minor units collected.</summary>
    Collected = 20,

    /// <summary>Minor units given back.</summary>
    Refunded = 21,

    /// <summary>Recurrences paid.</summary>
    PaidRecurrences = 22,

    /// <summary>Gauge: monthly recurring revenue of current subscriptions, in minor units.</summary>
    MonthlyRecurringRevenue = 23,

    /// <summary>Trials that ended, by conversion or otherwise.</summary>
    TrialsEnded = 30,

    /// <summary>Subscriptions whose first recurrence after a trial was paid.</summary>
    TrialsConverted = 31,

    /// <summary>Invoices that fell overdue.</summary>
    Overdue = 32,

    /// <summary>Overdue invoices that were collected.</summary>
    Recovered = 33,

    /// <summary>Periods after a term's first that were invoiced.</summary>
    RenewalsDue = 34,

    /// <summary>Of these, collected.</summary>
    RenewalsPaid = 35,
}

/// <summary>A change of one counter.</summary>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="OfferId">The offer; plan, product, seller and currency follow from it.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Origin">Who cancelled, for the metrics that ask; null otherwise.</param>
/// <param name="Value">What is added.</param>
public readonly record struct StatisticDelta(int Day, string OfferId, StatisticMetric Metric, CancellationOrigin? Origin, long Value)
{
    /// <summary>The day number of an instant, UTC.</summary>
    public static int DayOf(Instant at) => (int)Math.Floor(at.ToUnixTimeSeconds() / 86_400d);
}
