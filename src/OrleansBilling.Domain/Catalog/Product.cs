using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What happens at trial end when there is no payment method.</summary>
public enum TrialWithoutPaymentMethod
{
    /// <summary>The subscription is canceled by the system.</summary>
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
    TrialWithoutPaymentMethod TrialWithoutPaymentMethod)
{
    /// <summary>How it is taxed; null for not at all.</summary>
    public TaxPolicy? Tax { get; init; }

    /// <summary>A reward for staying; null for none.</summary>
    public LoyaltyReward? Loyalty { get; init; }

    /// <summary>What customers who ask to cancel are offered; null for nothing.</summary>
    public RetentionPolicy? Retention { get; init; }

    /// <summary>How long vouchers are good for.</summary>
    public VoucherTerms Voucher { get; init; } = VoucherTerms.Default;

    /// <summary>What a chargeback does to the subscription.</summary>
    public ChargebackAction OnChargeback { get; init; }
}

/// <summary>What a chargeback does to the subscription.</summary>
public enum ChargebackAction
{
    /// <summary>The system cancels it (involuntary, reason <c>chargeback</c>).</summary>
    Cancel,

    /// <summary>It goes on.</summary>
    Keep,
}

/// <summary>How long a voucher is good for.</summary>
/// <param name="ValidDays">Calendar days from its issue, 1 to 30.</param>
/// <param name="ReminderDays">Calendar days before it expires at which the customer is reminded; 0 for never.</param>
public sealed record VoucherTerms(int ValidDays, int ReminderDays)
{
    /// <summary>The longest validity, in days.</summary>
    public const int ValidDaysMax = 30;

    /// <summary>Three days, with a reminder one day before the end.</summary>
    public static VoucherTerms Default { get; } = new(3, 1);
}

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
    /// <summary>Monthly parts in which each period's price is paid; 1 for at once. A period has at least as many months.</summary>
    public int Installments { get; init; } = 1;

    /// <summary>Calendar days before a renewal at which the customer is told of it; null for never.</summary>
    public int? AlertDays { get; init; }

    /// <summary>The most days before a renewal at which the customer may be told of it.</summary>
    public const int AlertDaysMax = 90;

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
public sealed record Offer(string Id, int Version, string PlanId, long Amount, string Currency)
{
    /// <summary>The most add-ons of an offer.</summary>
    public const int AddOnsMax = 50;

    /// <summary>What can be bought on top, each period.</summary>
    public ImmutableArray<AddOn> AddOns { get; init; } = [];

    /// <summary>What is metered and billed in arrears.</summary>
    public ImmutableArray<Meter> Meters { get; init; } = [];

    /// <summary>Who shares every captured charge with the seller.</summary>
    public ImmutableArray<SplitPart> Split { get; init; } = [];

    /// <summary>
    /// Whether customers may change to it by themselves; otherwise only the seller or an administrator changes them to
    /// it.
    /// </summary>
    public bool CustomersMayChoose { get; init; } = true;

    /// <summary>The add-on with this id, or null.</summary>
    public AddOn? FindAddOn(string id) => AddOns.FirstOrDefault(addOn => addOn.Id == id);

    /// <summary>The meter with this id, or null.</summary>
    public Meter? FindMeter(string id) => Meters.FirstOrDefault(meter => meter.Id == id);
}

/// <summary>Something that recurs on top of the plan.</summary>
/// <param name="Id">Unique within the offer; a change to another offer keeps what that sells under the same id.</param>
/// <param name="Name">For people.</param>
/// <param name="Amount">Minor units per piece and period.</param>
public sealed record AddOn(string Id, string Name, long Amount);
