namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The stages of a subscription's life (see "Statuses" in the domain's README).</summary>
public enum SubscriptionStatus
{
    /// <summary>Waits for its start, or for the first payment of a term without a trial.</summary>
    Pending,

    /// <summary>In trial; nothing is charged.</summary>
    Trialing,

    /// <summary>Running, with no overdue invoice.</summary>
    Active,

    /// <summary>Running, with an overdue invoice.</summary>
    PastDue,

    /// <summary>Paused; nothing is invoiced.</summary>
    Paused,

    /// <summary>Ended by a cancellation, on request or by the system.</summary>
    Canceled,

    /// <summary>Ended because the first payment never came.</summary>
    Expired,

    /// <summary>Ended because the fixed number of recurrences is over and nothing is owed.</summary>
    Completed,
}

/// <summary>Why a subscription is paused.</summary>
public enum PauseReason
{
    /// <summary>Dunning was exhausted and the policy is to pause.</summary>
    DunningExhausted,

    /// <summary>The trial ended without a payment method and the product is set to pause.</summary>
    NoPaymentMethod,

    /// <summary>Somebody requested it.</summary>
    Requested,
}
