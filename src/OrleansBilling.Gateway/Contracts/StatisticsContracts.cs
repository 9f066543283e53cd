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
/// A ratio with its numerator and denominator. Both count on the denominator's day, so the ratio never exceeds 1. It is
/// null if the denominator is 0.
/// </summary>
/// <param name="Rate">Numerator ÷ denominator; null if the denominator is 0.</param>
internal sealed record RatioDocument(double? Rate, Int128 Numerator, Int128 Denominator)
{
    public static RatioDocument Of(Ratio ratio) => new(ratio.Value, ratio.Numerator, ratio.Denominator);
}

/// <summary>Groupings of monthly figures.</summary>
internal enum StatisticsGroup
{
    Product,
    Plan,
    Offer,
}
