using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/products.</summary>
internal sealed record ProductBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>The seller. Naming one creates it.</summary>
    [Id]
    public required string SellerId { get; init; }

    /// <summary>What invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; nothing if left out.</summary>
    [Text(FieldLimits.DescriptionCharactersMax, ManyLines = true)]
    public string? Description { get; init; }

    /// <summary>IANA time zone in which days and months are counted, such as America/Sao_Paulo; UTC by default.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How declined charges are retried.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>What happens at the end of a trial without a payment method; the subscription is canceled by default.</summary>
    public TrialWithoutPaymentMethod? TrialWithoutPaymentMethod { get; init; }

    /// <summary>How it is taxed; not at all if left out.</summary>
    public TaxBody? Tax { get; init; }

    /// <summary>A discount for customers who stay; none if left out.</summary>
    public LoyaltyBody? Loyalty { get; init; }

    /// <summary>What customers who want to cancel are offered instead; nothing if left out.</summary>
    public RetentionBody? Retention { get; init; }

    /// <summary>How long vouchers are valid.</summary>
    public VoucherBody? Voucher { get; init; }

    /// <summary>What a chargeback does to the subscription; it is canceled by default.</summary>
    public ChargebackAction? OnChargeback { get; init; }
}

/// <summary>
/// PATCH /v1/products/{id}: a JSON merge patch. What is left out stays, null sets back to the default. Changes bind what comes later.
/// Seller, time zone and taxes may be repeated but not changed.
/// </summary>
internal sealed record ProductPatchBody
{
    /// <summary>What later invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; null for nothing.</summary>
    [Text(FieldLimits.DescriptionCharactersMax, ManyLines = true)]
    public string? Description { get; init; }

    /// <summary>How later declined charges are retried.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>What happens at the end of a trial without a payment method.</summary>
    public TrialWithoutPaymentMethod? TrialWithoutPaymentMethod { get; init; }

    /// <summary>A discount for customers who stay.</summary>
    public LoyaltyBody? Loyalty { get; init; }

    /// <summary>What customers who want to cancel are offered instead.</summary>
    public RetentionBody? Retention { get; init; }

    /// <summary>How long later vouchers are valid.</summary>
    public VoucherBody? Voucher { get; init; }

    /// <summary>What a chargeback does to the subscription.</summary>
    public ChargebackAction? OnChargeback { get; init; }

    /// <summary>The seller; must be the product's.</summary>
    public string? SellerId { get; init; }

    /// <summary>IANA time zone; must be the product's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How it is taxed; must be as in the product.</summary>
    public TaxBody? Tax { get; init; }
}

/// <summary>How long vouchers are valid: 3 days, with a reminder one day before the end, by default.</summary>
internal sealed record VoucherBody
{
    /// <summary>Calendar days after its issue; 3 by default.</summary>
    [Bounds(1, VoucherTerms.ValidDaysMax)]
    public int? ValidDays { get; init; }

    /// <summary>
    /// Calendar days before expiry at which the customer is reminded, fewer than valid_days; 0 for no reminder, 1 by default.
    /// </summary>
    [Bounds(0, VoucherTerms.ValidDaysMax - 1)]
    public int? ReminderDays { get; init; }
}

/// <summary>How declined charges are retried. Omitted fields come from the default policy.</summary>
internal sealed record DunningBody
{
    /// <summary>Automatic retries after the first attempt.</summary>
    [Bounds(0, DunningPolicy.MaxRetriesLimit)]
    public int? MaxRetries { get; init; }

    /// <summary>Days after the first attempt in which retries are made.</summary>
    [Bounds(1, DunningPolicy.WindowDaysLimit)]
    public int? WindowDays { get; init; }

    /// <summary>Days between consecutive attempts. When the list runs out, its last gap repeats.</summary>
    [Entries(1, FieldLimits.DunningGapsMax)]
    [Bounds(1, FieldLimits.DunningGapDaysMax)]
    public ImmutableArray<int>? ScheduleDays { get; init; }

    /// <summary>Whether recovery moves the billing date to the day of the successful payment.</summary>
    public bool? MoveBillingDate { get; init; }

    /// <summary>What happens when the retries or the window run out.</summary>
    public ExhaustedAction? OnExhausted { get; init; }
}

/// <summary>What a seller sells.</summary>
/// <param name="Name">What invoices call it.</param>
/// <param name="Description">What people read about it before they buy; null for nothing.</param>
/// <param name="TimeZone">IANA time zone in which days and months are counted.</param>
/// <param name="Dunning">How declined charges are retried.</param>
/// <param name="TrialWithoutPaymentMethod">What happens at the end of a trial without a payment method.</param>
/// <param name="Tax">How it is taxed; null if not at all.</param>
/// <param name="Loyalty">The discount for customers who stay; null if there is none.</param>
/// <param name="Retention">What customers who want to cancel are offered instead; null if nothing.</param>
/// <param name="Voucher">How long vouchers are valid.</param>
/// <param name="OnChargeback">What a chargeback does to the subscription.</param>
/// <param name="Archived">Whether it is hidden from new sales.</param>
/// <param name="CreatedAt">When it was created; null for products from before this was stored.</param>
internal sealed record ProductDocument(
    string Id,
    string SellerId,
    string Name,
    string? Description,
    string TimeZone,
    DunningDocument Dunning,
    TrialWithoutPaymentMethod TrialWithoutPaymentMethod,
    TaxDocument? Tax,
    LoyaltyDocument? Loyalty,
    RetentionDocument? Retention,
    VoucherTermsDocument Voucher,
    ChargebackAction OnChargeback,
    bool Archived,
    Instant? CreatedAt)
{
    public static ProductDocument From(Shelved<Product> shelved) => From(shelved.Entry, shelved);

    /// <summary>As customers and other sellers see it: without what it does to keep customers.</summary>
    public static ProductDocument InPublic(Shelved<Product> shelved) =>
        From(shelved) with { Loyalty = null, Retention = null };

    private static ProductDocument From(Product product, Shelved<Product> shelved) => new(
        product.Id,
        product.SellerId,
        product.Name,
        product.Description,
        product.TimeZone,
        DunningDocument.From(product.Dunning),
        product.TrialWithoutPaymentMethod,
        product.Tax is { } tax ? TaxDocument.From(tax) : null,
        product.Loyalty is { } loyalty ? LoyaltyDocument.From(loyalty) : null,
        product.Retention is { } retention ? RetentionDocument.From(retention) : null,
        new VoucherTermsDocument(product.Voucher.ValidDays, product.Voucher.ReminderDays),
        product.OnChargeback,
        shelved.ArchivedAt is not null,
        shelved.CreatedAt);
}

/// <summary>How long vouchers are valid, and how many days before the end the customer is reminded; 0 for never.</summary>
/// <param name="ValidDays">Calendar days after its issue.</param>
/// <param name="ReminderDays">Calendar days before expiry at which the customer is reminded; 0 for no reminder.</param>
internal sealed record VoucherTermsDocument(int ValidDays, int ReminderDays);

/// <summary>How declined charges are retried.</summary>
/// <param name="MaxRetries">Automatic retries after the first attempt.</param>
/// <param name="WindowDays">Days after the first attempt in which retries are made.</param>
/// <param name="ScheduleDays">Days between consecutive attempts. When the list runs out, its last gap repeats.</param>
/// <param name="MoveBillingDate">Whether recovery moves the billing date to the day of the successful payment.</param>
/// <param name="OnExhausted">What happens when the retries or the window run out.</param>
internal sealed record DunningDocument(
    int MaxRetries, int WindowDays, ImmutableArray<int> ScheduleDays, bool MoveBillingDate, ExhaustedAction OnExhausted)
{
    public static DunningDocument From(DunningPolicy policy) =>
        new(policy.MaxRetries, policy.WindowDays, policy.ScheduleDays, policy.MoveBillingDate, policy.OnExhausted);
}
