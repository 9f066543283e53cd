using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

public static class Discounts
{
    /// <summary>Minor units that a reduction takes off a non-negative price; never more than the price.</summary>
    public static long Of(PriceReduction reduction, long price)
    {
        ArgumentNullException.ThrowIfNull(reduction);
        ArgumentOutOfRangeException.ThrowIfNegative(price);
        return reduction.MilliPercent is { } percent ? Money.PercentOf(price, percent) : Math.Min(price, reduction.Amount ?? 0);
    }
}
