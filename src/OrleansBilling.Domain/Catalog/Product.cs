using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What happens at the end of a trial without a payment method.</summary>
public enum TrialWithoutPaymentMethod
{
    /// <summary>The system cancels the subscription.</summary>
    Cancel,

    /// <summary>The first period starts and its invoice is overdue.</summary>
    PastDue,

    /// <summary>The subscription is paused, unbilled, until it has a payment method.</summary>
    Pause,
}

/// <summary>What a seller sells. Sellers are not registered: naming one in a product creates it.</summary>
/// <param name="TimeZone">IANA time zone in which calendar days and months are counted.</param>
/// <param name="Dunning">How declined charges are retried, unless the plan has its own policy.</param>
public sealed record Product(
    string Id,
    string SellerId,
    string Name,
    string TimeZone,
    DunningPolicy Dunning,
    TrialWithoutPaymentMethod TrialWithoutPaymentMethod)
{
    /// <summary>What people read about it before they buy; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Null for no tax.</summary>
    public TaxPolicy? Tax { get; init; }

    /// <summary>Null for no reward.</summary>
    public LoyaltyReward? Loyalty { get; init; }

    /// <summary>What is offered to customers who ask to cancel; null for nothing.</summary>
    public RetentionPolicy? Retention { get; init; }

    public VoucherTerms Voucher { get; init; } = VoucherTerms.Default;

    public ChargebackAction OnChargeback { get; init; }
}

/// <summary>What a chargeback does to the subscription.</summary>
public enum ChargebackAction
{
    /// <summary>The system cancels it (involuntary, reason <c>chargeback</c>).</summary>
    Cancel,

    /// <summary>The subscription continues.</summary>
    Keep,
}

/// <summary>How long a voucher is valid.</summary>
/// <param name="ValidDays">Calendar days after its issue, 1 to 30.</param>
/// <param name="ReminderDays">Calendar days before expiry at which the customer is reminded; 0 for no reminder.</param>
public sealed record VoucherTerms(int ValidDays, int ReminderDays)
{
    public const int ValidDaysMax = 30;

    /// <summary>Three days, with a reminder one day before the end.</summary>
    public static VoucherTerms Default { get; } = new(3, 1);
}

/// <summary>What recurs, how often, and with what trial.</summary>
/// <param name="TrialDays">Length of the trial in calendar days; 0 for no trial.</param>
/// <param name="Recurrences">The number of periods after which the subscription is completed; null for no end.</param>
/// <param name="Dunning">Overrides the product's policy; null to use it.</param>
public sealed record Plan(
    string Id,
    string ProductId,
    string Name,
    BillingInterval Interval,
    int TrialDays,
    int? Recurrences,
    DunningPolicy? Dunning)
{
    /// <summary>What people read about it before they buy; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Monthly parts in which each period's price is paid; 1 for all at once. At most one part per month of the period.</summary>
    public int Installments { get; init; } = 1;

    /// <summary>Calendar days before a renewal at which the customer is told about it; null for never.</summary>
    public int? AlertDays { get; init; }

    /// <summary>The largest <see cref="AlertDays"/>.</summary>
    public const int AlertDaysMax = 90;

    public const int TrialDaysMax = 730;

    public const int RecurrencesMax = 1_200;
}

/// <summary>A price for a plan. Editing an offer creates a new version; running subscriptions keep theirs.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="Amount">Price of one period in minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code; the same in all versions.</param>
public sealed record Offer(string Id, int Version, string PlanId, long Amount, string Currency)
{
    public const int AddOnsMax = 50;

    /// <summary>What customers can buy on top, per period.</summary>
    public ImmutableArray<AddOn> AddOns { get; init; } = [];

    /// <summary>Usage that is metered and billed in arrears.</summary>
    public ImmutableArray<Meter> Meters { get; init; } = [];

    /// <summary>The parties that share every captured charge with the seller.</summary>
    public ImmutableArray<SplitPart> Split { get; init; } = [];

    /// <summary>
    /// Whether customers may switch to this offer themselves. Otherwise only the seller or an administrator can switch them.
    /// </summary>
    public bool CustomersMayChoose { get; init; } = true;

    public AddOn? FindAddOn(string id) => AddOns.FirstOrDefault(addOn => addOn.Id == id);

    public Meter? FindMeter(string id) => Meters.FirstOrDefault(meter => meter.Id == id);
}

/// <summary>An extra that recurs on top of the plan.</summary>
/// <param name="Id">Unique within the offer. A change to an offer that sells the same id keeps the add-on.</param>
/// <param name="Amount">Minor units per piece and period.</param>
public sealed record AddOn(string Id, string Name, long Amount);
