namespace OrleansBilling.Domain.Catalog;

/// <summary>What happens at trial end when there is no payment method.</summary>
public enum TrialWithoutPaymentMethod
{
    /// <summary>The subscription is cancelled by the system.</summary>
    Cancel,

    /// <summary>The first period starts and its invoice is overdue.</summary>
    PastDue,

    /// <summary>The subscription waits, unbilled, for a payment method.</summary>
    Pause,
}

/// <summary>What a seller sells. A seller exists by being named.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="SellerId">The seller's id.</param>
/// <param name="Name">For people.</param>
/// <param name="TimeZone">IANA time zone in which calendar days and months are counted.</param>
/// <param name="Dunning">How declined charges are retried, unless the plan says otherwise.</param>
/// <param name="TrialWithoutPaymentMethod">What happens at trial end without a payment method.</param>
public sealed record Product(
    string Id,
    string SellerId,
    string Name,
    string TimeZone,
    DunningPolicy Dunning,
    TrialWithoutPaymentMethod TrialWithoutPaymentMethod);

/// <summary>What recurs, how often, and with which trial.</summary>
/// <param name="Id">The plan's id.</param>
/// <param name="ProductId">The product that it belongs to.</param>
/// <param name="Name">For people.</param>
/// <param name="Interval">The length of one period.</param>
/// <param name="TrialDays">Calendar days of trial; 0 for none.</param>
/// <param name="Recurrences">After how many periods the subscription is completed; null for no end.</param>
/// <param name="Dunning">Overrides the product's policy.</param>
public sealed record Plan(
    string Id,
    string ProductId,
    string Name,
    BillingInterval Interval,
    int TrialDays,
    int? Recurrences,
    DunningPolicy? Dunning)
{
    /// <summary>The longest trial, in days.</summary>
    public const int TrialDaysMax = 730;

    /// <summary>The largest fixed number of recurrences.</summary>
    public const int RecurrencesMax = 1_200;
}

/// <summary>A price for a plan. Editing an offer makes a new version; running subscriptions keep theirs.</summary>
/// <param name="Id">The offer's id.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="PlanId">The plan that it prices.</param>
/// <param name="Amount">Price of one period in minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code; the same in all versions.</param>
public sealed record Offer(string Id, int Version, string PlanId, long Amount, string Currency);
