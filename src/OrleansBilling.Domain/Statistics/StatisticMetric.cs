using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What is counted, by day of the product's time zone, offer and, for some, a slice or a name of their own. The numbers are stored:
/// never reuse one; those below 100 had other definitions. Gauges are sums of their changes since the beginning; money is minor units
/// of the offer's currency. A ratio's numerator is counted on its denominator's day, so that none exceeds 1.
/// </summary>
public enum StatisticMetric
{
    /// <summary>Gauge: subscriptions in status pending.</summary>
    Pending = 101,

    /// <summary>Gauge: in status trialing.</summary>
    Trialing = 102,

    /// <summary>Gauge: in status active.</summary>
    Active = 103,

    /// <summary>Gauge: in status past due.</summary>
    PastDue = 104,

    /// <summary>Gauge: in status paused.</summary>
    Paused = 105,

    /// <summary>Gauge: in status canceled.</summary>
    Canceled = 106,

    /// <summary>Gauge: in status expired.</summary>
    Expired = 107,

    /// <summary>Gauge: in status completed.</summary>
    Completed = 108,

    /// <summary>Gauge: subscribers, as <see cref="Population"/> defines them.</summary>
    Subscribers = 109,

    /// <summary>First activations: who became a subscriber and never was one.</summary>
    New = 110,

    /// <summary>Who became a subscriber again.</summary>
    Reactivated = 111,

    /// <summary>Subscribers who were canceled; by origin.</summary>
    Cancellations = 112,

    /// <summary>Seconds from start to cancellation of those canceled; by origin.</summary>
    CanceledLifetimeSeconds = 113,

    /// <summary>Minor units collected from those canceled over their lives, net of tax and of what went back; by origin.</summary>
    CanceledCollected = 114,

    /// <summary>Recurrences paid by those canceled, over their lives; by origin.</summary>
    CanceledPaidRecurrences = 115,

    /// <summary>Subscriptions that were canceled in their trial.</summary>
    TrialsLost = 116,

    /// <summary>Subscriptions that ended without their first payment.</summary>
    NeverPaid = 117,

    /// <summary>Subscribers whose fixed term ran out.</summary>
    TermsCompleted = 118,

    /// <summary>Minor units collected.</summary>
    Collected = 120,

    /// <summary>Minor units given back.</summary>
    Refunded = 121,

    /// <summary>Recurrences paid.</summary>
    PaidRecurrences = 122,

    /// <summary>Gauge: monthly recurring revenue of active and past due subscribers, net of the discounts in force.</summary>
    MonthlyRecurringRevenue = 123,

    /// <summary>Gauge: what the discounts in force take off it.</summary>
    MonthlyDiscounts = 124,

    /// <summary>Trials that ended, by conversion or otherwise.</summary>
    TrialsEnded = 130,

    /// <summary>Of these, those whose first period was paid, or a part of it, or given; on the day on which the trial ended.</summary>
    TrialsConverted = 131,

    /// <summary>Invoices, or parts of one, that fell overdue; on the day of their first attempt.</summary>
    Overdue = 132,

    /// <summary>Of these, collected; on the same day.</summary>
    Recovered = 133,

    /// <summary>Periods after a term's first that cost something; on the day on which they began.</summary>
    RenewalsDue = 134,

    /// <summary>Of these, paid; on the same day.</summary>
    RenewalsPaid = 135,

    /// <summary>Periods after a term's first that cost nothing.</summary>
    RenewalsGiven = 136,

    /// <summary>Periods that were paid, and with which a subscriber left.</summary>
    PeriodsLeft = 137,

    /// <summary>
    /// Change of monthly recurring revenue by first activations; the movements sum to the change of the gauge, of each
    /// offer too.
    /// </summary>
    RevenueNew = 140,

    /// <summary>By changes to more, from 0: plan, quantity, a discount that ended.</summary>
    RevenueExpansion = 141,

    /// <summary>By changes to less, up to 0.</summary>
    RevenueContraction = 142,

    /// <summary>By cancellations, up to 0.</summary>
    RevenueChurn = 143,

    /// <summary>By reactivations, from 0.</summary>
    RevenueReactivation = 144,

    /// <summary>By pauses, up to 0.</summary>
    RevenuePaused = 145,

    /// <summary>By ends of pauses, from 0.</summary>
    RevenueResumed = 146,

    /// <summary>What plan changes carry from the old offer to the new one; 0 over a product.</summary>
    RevenueMoved = 147,

    /// <summary>By fixed terms that ran out, up to 0.</summary>
    RevenueCompleted = 148,

    /// <summary>Gauge, by month of start: subscribers.</summary>
    CohortSize = 150,

    /// <summary>By month of start: first activations.</summary>
    CohortJoined = 151,

    /// <summary>By month of start: fixed terms that ran out.</summary>
    CohortCompleted = 152,

    /// <summary>Gauge, by month of the next renewal: price of the recurrences that are to come next, net of discounts.</summary>
    StandingBook = 160,

    /// <summary>Gauge, by month: parts of invoices that are to be paid then.</summary>
    PartsToCome = 161,

    /// <summary>By variant: customers who asked to cancel and were assigned; 0 is the control group.</summary>
    RetentionAssigned = 170,

    /// <summary>By variant: of these, who accepted.</summary>
    RetentionAccepted = 171,

    /// <summary>By variant: of these, who canceled without accepting.</summary>
    RetentionLost = 172,

    /// <summary>Charges that customers' banks took back.</summary>
    Chargebacks = 180,

    /// <summary>Minor units in them.</summary>
    ChargedBack = 181,

    /// <summary>Subscribers who were canceled; by name of the reason.</summary>
    CancellationsByReason = 190,

    /// <summary>Trials that were lost; by name of the reason.</summary>
    TrialsLostByReason = 191,

    /// <summary>First payments that never came; by name of the last decline code.</summary>
    NeverPaidByCode = 192,

    /// <summary>Attempts that were declined; by name of the code.</summary>
    DeclinesByCode = 193,

    /// <summary>
    /// First activations; by name of the affiliate or co-producer, on the day on which the first period to be paid
    /// began.
    /// </summary>
    PartyActivations = 200,

    /// <summary>Renewals that were paid; by name of the party.</summary>
    PartyRenewals = 201,

    /// <summary>Monthly recurring revenue of first activations; by name of the party.</summary>
    PartyNewRevenue = 202,

    /// <summary>The party's shares of what was collected; by its name.</summary>
    PartyEarned = 203,

    /// <summary>The party's shares of what went back; by its name.</summary>
    PartyRefunded = 204,

    /// <summary>
    /// Subscribers who left within 90 days of that day, and did not come back within them; on that day, by name of the
    /// party.
    /// </summary>
    PartyLost = 205,
}
