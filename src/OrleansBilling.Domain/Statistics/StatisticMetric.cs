using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// The counters. Each counts by day (in the product's time zone), offer and, for some, a slice or a name. The numbers are
/// stored, so never reuse one; numbers below 100 had other definitions. A gauge is the sum of its changes since the
/// beginning. Money is in minor units of the offer's currency. The numerator of a ratio counts on its denominator's day, so
/// no ratio exceeds 1.
/// </summary>
public enum StatisticMetric
{
    /// <summary>Gauge: subscriptions in status pending.</summary>
    Pending = 101,

    /// <summary>Gauge: subscriptions in status trialing.</summary>
    Trialing = 102,

    /// <summary>Gauge: subscriptions in status active.</summary>
    Active = 103,

    /// <summary>Gauge: subscriptions in status past due.</summary>
    PastDue = 104,

    /// <summary>Gauge: subscriptions in status paused.</summary>
    Paused = 105,

    /// <summary>Gauge: subscriptions in status canceled.</summary>
    Canceled = 106,

    /// <summary>Gauge: subscriptions in status expired.</summary>
    Expired = 107,

    /// <summary>Gauge: subscriptions in status completed.</summary>
    Completed = 108,

    /// <summary>Gauge: subscribers, as <see cref="Population"/> defines them.</summary>
    Subscribers = 109,

    /// <summary>First activations: subscriptions that became a subscriber for the first time.</summary>
    New = 110,

    /// <summary>Subscriptions that became a subscriber again.</summary>
    Reactivated = 111,

    /// <summary>Subscribers who were canceled; by origin.</summary>
    Cancellations = 112,

    /// <summary>Seconds from start to cancellation, summed over canceled subscribers; by origin.</summary>
    CanceledLifetimeSeconds = 113,

    /// <summary>Minor units collected over the lives of canceled subscribers, net of tax and of money that went back; by origin.</summary>
    CanceledCollected = 114,

    /// <summary>Recurrences paid over the lives of canceled subscribers; by origin.</summary>
    CanceledPaidRecurrences = 115,

    /// <summary>Subscriptions canceled during their trial.</summary>
    TrialsLost = 116,

    /// <summary>Subscriptions that ended before their first payment.</summary>
    NeverPaid = 117,

    /// <summary>Subscribers who completed their fixed term.</summary>
    TermsCompleted = 118,

    /// <summary>Minor units collected.</summary>
    Collected = 120,

    /// <summary>Minor units refunded.</summary>
    Refunded = 121,

    /// <summary>Recurrences paid.</summary>
    PaidRecurrences = 122,

    /// <summary>Gauge: monthly recurring revenue of active and past due subscribers, net of the discounts in force.</summary>
    MonthlyRecurringRevenue = 123,

    /// <summary>Gauge: what the discounts in force take off monthly recurring revenue.</summary>
    MonthlyDiscounts = 124,

    /// <summary>Trials that ended, whether converted or not.</summary>
    TrialsEnded = 130,

    /// <summary>Ended trials whose first period was given, paid, or paid in part; counted on the day the trial ended.</summary>
    TrialsConverted = 131,

    /// <summary>Invoices, or installments, that became overdue; counted on the day of their first attempt.</summary>
    Overdue = 132,

    /// <summary>Overdue invoices that were collected; counted on the same day as <see cref="Overdue"/>.</summary>
    Recovered = 133,

    /// <summary>Periods after a term's first that cost something; counted on the day they began.</summary>
    RenewalsDue = 134,

    /// <summary>Due renewals that were paid; counted on the same day as <see cref="RenewalsDue"/>.</summary>
    RenewalsPaid = 135,

    /// <summary>Periods after a term's first that cost nothing.</summary>
    RenewalsGiven = 136,

    /// <summary>Paid periods after which a subscriber left.</summary>
    PeriodsLeft = 137,

    /// <summary>
    /// Change of monthly recurring revenue by first activations. All these movements sum to the change of the gauge, in total
    /// and for each offer.
    /// </summary>
    RevenueNew = 140,

    /// <summary>Change by plan, quantity or an ended discount, if not negative.</summary>
    RevenueExpansion = 141,

    /// <summary>Change by plan, quantity or a new discount, if not positive.</summary>
    RevenueContraction = 142,

    /// <summary>Change by cancellations; not positive.</summary>
    RevenueChurn = 143,

    /// <summary>Change by reactivations; not negative.</summary>
    RevenueReactivation = 144,

    /// <summary>Change by pauses; not positive.</summary>
    RevenuePaused = 145,

    /// <summary>Change by ended pauses; not negative.</summary>
    RevenueResumed = 146,

    /// <summary>What plan changes move from the old offer to the new one; sums to 0 over a product.</summary>
    RevenueMoved = 147,

    /// <summary>Change by completed fixed terms; not positive.</summary>
    RevenueCompleted = 148,

    /// <summary>Gauge by month of start: subscribers.</summary>
    CohortSize = 150,

    /// <summary>By month of start: first activations.</summary>
    CohortJoined = 151,

    /// <summary>By month of start: fixed terms completed.</summary>
    CohortCompleted = 152,

    /// <summary>Gauge by month of the next renewal: the price of subscribers' next recurrences, net of discounts.</summary>
    StandingBook = 160,

    /// <summary>Gauge by month: installments that become due in it.</summary>
    PartsToCome = 161,

    /// <summary>By variant: customers who asked to cancel and got an assignment; 0 is the control group.</summary>
    RetentionAssigned = 170,

    /// <summary>By variant: assigned customers who accepted.</summary>
    RetentionAccepted = 171,

    /// <summary>By variant: assigned customers who canceled without accepting.</summary>
    RetentionLost = 172,

    /// <summary>Charges that customers' banks took back.</summary>
    Chargebacks = 180,

    /// <summary>Minor units that customers' banks took back and that were not won back.</summary>
    ChargedBack = 181,

    /// <summary>Canceled subscribers, by reason.</summary>
    CancellationsByReason = 190,

    /// <summary>Trials lost, by reason.</summary>
    TrialsLostByReason = 191,

    /// <summary>First payments that never came, by last decline code, or by reason if nothing was declined.</summary>
    NeverPaidByCode = 192,

    /// <summary>Declined attempts, by decline code.</summary>
    DeclinesByCode = 193,

    /// <summary>First activations, by affiliate or co-producer; counted on the day the first period after any trial began.</summary>
    PartyActivations = 200,

    /// <summary>Renewals paid, by party.</summary>
    PartyRenewals = 201,

    /// <summary>Monthly recurring revenue of first activations, by party.</summary>
    PartyNewRevenue = 202,

    /// <summary>Shares of collected money, by party.</summary>
    PartyEarned = 203,

    /// <summary>Shares of money that went back, by party.</summary>
    PartyRefunded = 204,

    /// <summary>
    /// Subscribers who left within 90 days of the day of <see cref="PartyActivations"/> and did not come back within them, by
    /// party; counted on that day.
    /// </summary>
    PartyLost = 205,
}
