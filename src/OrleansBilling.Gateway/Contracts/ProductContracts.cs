using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/products.</summary>
internal sealed record ProductBody
{
    public string? Id { get; init; }

    public required string SellerId { get; init; }

    public required string Name { get; init; }

    public string? TimeZone { get; init; }

    public DunningBody? Dunning { get; init; }

    public TrialWithoutPaymentMethod? TrialWithoutPaymentMethod { get; init; }

    public TaxBody? Tax { get; init; }

    public LoyaltyBody? Loyalty { get; init; }

    public RetentionBody? Retention { get; init; }

    public VoucherBody? Voucher { get; init; }

    public ChargebackAction? OnChargeback { get; init; }
}

/// <summary>How long vouchers are valid: 3 days, with a reminder one day before the end, by default.</summary>
internal sealed record VoucherBody
{
    public int? ValidDays { get; init; }

    public int? ReminderDays { get; init; }
}

/// <summary>How declined charges are retried. Omitted fields come from the default policy.</summary>
internal sealed record DunningBody
{
    public int? MaxRetries { get; init; }

    public int? WindowDays { get; init; }

    public ImmutableArray<int>? ScheduleDays { get; init; }

    public bool? MoveBillingDate { get; init; }

    public ExhaustedAction? OnExhausted { get; init; }
}

internal sealed record ProductDocument(
    string Id,
    string SellerId,
    string Name,
    string TimeZone,
    DunningDocument Dunning,
    TrialWithoutPaymentMethod TrialWithoutPaymentMethod,
    TaxDocument? Tax,
    LoyaltyDocument? Loyalty,
    RetentionDocument? Retention,
    VoucherTermsDocument Voucher,
    ChargebackAction OnChargeback)
{
    public static ProductDocument From(Product product) => new(
        product.Id,
        product.SellerId,
        product.Name,
        product.TimeZone,
        DunningDocument.From(product.Dunning),
        product.TrialWithoutPaymentMethod,
        product.Tax is { } tax ? TaxDocument.From(tax) : null,
        product.Loyalty is { } loyalty ? LoyaltyDocument.From(loyalty) : null,
        product.Retention is { } retention ? RetentionDocument.From(retention) : null,
        new VoucherTermsDocument(product.Voucher.ValidDays, product.Voucher.ReminderDays),
        product.OnChargeback);
}

/// <summary>How long vouchers are valid, and how many days before the end the customer is reminded; 0 for never.</summary>
internal sealed record VoucherTermsDocument(int ValidDays, int ReminderDays);

/// <summary>How declined charges are retried.</summary>
internal sealed record DunningDocument(
    int MaxRetries, int WindowDays, ImmutableArray<int> ScheduleDays, bool MoveBillingDate, ExhaustedAction OnExhausted)
{
    public static DunningDocument From(DunningPolicy policy) =>
        new(policy.MaxRetries, policy.WindowDays, policy.ScheduleDays, policy.MoveBillingDate, policy.OnExhausted);
}
