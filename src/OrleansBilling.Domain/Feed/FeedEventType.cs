namespace OrleansBilling.Domain.Feed;

/// <summary>
/// The events that integrators see, in the words of the contract. One event of the journal can be none, one or several of these.
/// The numbers are stored, so they are never changed or reused.
/// </summary>
public enum FeedEventType
{
    SubscriptionCreated = 1,

    /// <summary>The trial ends in three days, or sooner if it is shorter.</summary>
    SubscriptionTrialWillEnd = 2,

    /// <summary>The trial ran out or was ended early. A subscription that is canceled within its trial has none.</summary>
    SubscriptionTrialEnded = 3,

    /// <summary>It runs: its first payment arrived, or its trial was converted.</summary>
    SubscriptionActivated = 4,

    /// <summary>A period after the first one of its term started.</summary>
    SubscriptionRenewed = 5,

    /// <summary>An invoice became overdue.</summary>
    SubscriptionPastDue = 6,

    /// <summary>Nothing is overdue any more.</summary>
    SubscriptionRecovered = 7,

    /// <summary>The offer, the quantity or the add-ons changed.</summary>
    SubscriptionPlanChanged = 8,

    SubscriptionPaused = 9,

    SubscriptionResumed = 10,

    /// <summary>It will be canceled at the end of its period or trial.</summary>
    SubscriptionCancelScheduled = 11,

    SubscriptionCanceled = 12,

    SubscriptionReactivated = 13,

    /// <summary>The first payment never came.</summary>
    SubscriptionExpired = 14,

    /// <summary>All recurrences of the fixed term are over and nothing is owed.</summary>
    SubscriptionCompleted = 15,

    /// <summary>It is time to tell the customer about the next renewal.</summary>
    SubscriptionRenewalAlert = 16,

    InvoiceCreated = 20,

    /// <summary>Paid in full. An invoice of nothing is paid when it is created.</summary>
    InvoicePaid = 21,

    /// <summary>An attempt to collect was declined.</summary>
    InvoicePaymentFailed = 22,

    /// <summary>Money went back, to the payment method or as credit.</summary>
    InvoiceRefunded = 23,

    /// <summary>Nothing of it is owed any more.</summary>
    InvoiceVoided = 24,

    /// <summary>It is owed, but collecting has been given up.</summary>
    InvoiceUncollectible = 25,

    PaymentVoucherIssued = 30,

    PaymentVoucherReminder = 31,

    PaymentVoucherExpired = 32,

    /// <summary>The customer's bank took money back.</summary>
    PaymentChargeback = 33,

    /// <summary>An endpoint of webhooks was disabled because it is gone or has failed for days. It is about no subscription.</summary>
    EndpointDisabled = 40,
}
