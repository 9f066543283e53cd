using System.Collections.Immutable;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>An amount in minor units.</summary>
internal sealed record MoneyDocument(string Currency, Int128 Amount)
{
    public static ImmutableArray<MoneyDocument> Of(IEnumerable<CurrencyAmount> amounts) =>
        [.. amounts.Select(one => new MoneyDocument(one.Currency, one.Amount))];
}

/// <summary>
/// A ratio with what it is made of; both belong to the denominator's day, so that it never exceeds 1; null where the
/// denominator is 0.
/// </summary>
internal sealed record RatioDocument(double? Rate, Int128 Numerator, Int128 Denominator)
{
    public static RatioDocument Of(Ratio ratio) => new(ratio.Value, ratio.Numerator, ratio.Denominator);
}

/// <summary>By what monthly figures may be broken down.</summary>
internal enum StatisticsGroup
{
    Product,
    Plan,
    Offer,
}
