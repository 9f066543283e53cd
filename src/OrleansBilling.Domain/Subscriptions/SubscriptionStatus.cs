namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Where a subscription is in its life (see "Statuses" in the domain's README).</summary>
public enum SubscriptionStatus
{
    /// <summary>The first payment, or the start, is awaited.</summary>
    Pending,

    /// <summary>In trial; nothing is charged.</summary>
    Trialing,

    /// <summary>Running and paid.</summary>
    Active,

    /// <summary>Running, with an overdue invoice.</summary>
    PastDue,

    /// <summary>Standing still; nothing is invoiced.</summary>
    Paused,

    /// <summary>Ended by somebody.</summary>
    Canceled,

    /// <summary>Ended because the first payment never came.</summary>
    Expired,

    /// <summary>Ended because its fixed number of recurrences was reached.</summary>
    Completed,
}

/// <summary>Why a subscription stands still.</summary>
public enum PauseReason
{
    /// <summary>Dunning was exhausted and the policy says pause.</summary>
    DunningExhausted,

    /// <summary>The trial ended without a payment method and the product says pause.</summary>
    NoPaymentMethod,

    /// <summary>Somebody asked for it.</summary>
    Requested,
}
