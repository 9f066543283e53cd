using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>What a reduction takes off a price.</summary>
public static class Discounts
{
    /// <summary>Minor units taken off a price that is not negative; never more than it.</summary>
    public static long Of(PriceReduction reduction, long price)
    {
        ArgumentNullException.ThrowIfNull(reduction);
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        return reduction.MilliPercent is { } percent ? Money.PercentOf(price, percent) : Math.Min(price, reduction.Amount ?? 0);
    }
}
