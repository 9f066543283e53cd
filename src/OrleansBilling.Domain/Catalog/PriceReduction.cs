namespace OrleansBilling.Domain.Catalog;

/// <summary>
/// What a coupon, a gift, a reward or a retention offer takes off the price of a recurrence: either a percentage or an
/// amount.
/// </summary>
/// <param name="MilliPercent">Thousandths of a percent, 1 to 100,000 (12.5 % is 12,500).</param>
/// <param name="Amount">Minor units of the offer's currency. Never reduces a price below 0.</param>
public sealed record PriceReduction(int? MilliPercent, long? Amount)
{
    public const int WholeMilliPercent = 100_000;

    /// <summary>Takes everything off.</summary>
    public static PriceReduction Everything { get; } = new(WholeMilliPercent, null);
}
