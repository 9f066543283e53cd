using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What is counted, by day (UTC), offer and, for some, a slice of their own. The numbers are stored: never reuse one. Gauges are sums of their
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

    /// <summary>Invoices, or parts of one, that fell overdue.</summary>
    Overdue = 32,

    /// <summary>Overdue invoices, or parts of one, that were collected.</summary>
    Recovered = 33,

    /// <summary>Periods after a term's first that were invoiced.</summary>
    RenewalsDue = 34,

    /// <summary>Of these, collected.</summary>
    RenewalsPaid = 35,

    /// <summary>Change of monthly recurring revenue by subscriptions that are current for the first time; the movements sum to the change of the gauge, of each offer too.</summary>
    RevenueNew = 40,

    /// <summary>By changes to more, from 0.</summary>
    RevenueExpansion = 41,

    /// <summary>By changes to less, up to 0.</summary>
    RevenueContraction = 42,

    /// <summary>By ends, up to 0.</summary>
    RevenueChurn = 43,

    /// <summary>By reactivations, from 0.</summary>
    RevenueReactivation = 44,

    /// <summary>By pauses, up to 0.</summary>
    RevenuePaused = 45,

    /// <summary>By ends of pauses, from 0.</summary>
    RevenueResumed = 46,

    /// <summary>What plan changes carry from the old offer to the new one; 0 over a product.</summary>
    RevenueMoved = 47,

    /// <summary>Gauge, by month of start: subscriptions that became current once and have not ended.</summary>
    CohortSize = 50,

    /// <summary>By month of start: subscriptions that became current for the first time.</summary>
    CohortJoined = 51,

    /// <summary>Gauge, by month of the next renewal: price of the recurrences that are to come next, in minor units.</summary>
    StandingBook = 60,

    /// <summary>By variant: customers who asked to cancel and were assigned; 0 is the control group.</summary>
    RetentionAssigned = 70,

    /// <summary>By variant: of these, who accepted.</summary>
    RetentionAccepted = 71,

    /// <summary>By variant: of these, who canceled without accepting.</summary>
    RetentionLost = 72,

    /// <summary>Charges that customers' banks took back.</summary>
    Chargebacks = 80,

    /// <summary>Minor units in them.</summary>
    ChargedBack = 81,
}

/// <summary>A change of one counter.</summary>
/// <param name="Day">Days since 1970-01-01 UTC.</param>
/// <param name="OfferId">The offer; plan, product, seller and currency follow from it.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Slice">For some metrics: the origin of a cancellation, a month (<see cref="MonthOf(Instant)"/>), a variant; null otherwise.</param>
/// <param name="Value">What is added.</param>
public readonly record struct StatisticDelta(int Day, string OfferId, StatisticMetric Metric, int? Slice, long Value)
{
    /// <summary>The month number of an instant, UTC: months since January of the year 0.</summary>
    public static int MonthOf(Instant at) => MonthOf(at.InUtc().Date);

    /// <summary>The month number of a date.</summary>
    public static int MonthOf(LocalDate date) => (date.Year * 12) + date.Month - 1;

    /// <summary>The slice of an origin.</summary>
    public static int SliceOf(CancellationOrigin origin) => (int)origin;

    /// <summary>The day number of an instant, UTC.</summary>
    public static int DayOf(Instant at) => (int)Math.Floor(at.ToUnixTimeSeconds() / 86_400d);
}
