namespace OrleansBilling.Console.Figures;

/// <summary>How a figure differs from that of the period before.</summary>
/// <param name="Difference">As a share of the earlier figure, or in points of a share; null if there is nothing to compare with.</param>
/// <param name="InPoints">Whether it is the difference of two shares.</param>
public readonly record struct Change(decimal? Difference, bool InPoints)
{
    public static Change Of(Int128 now, Int128 before) => Of((decimal?)now, (decimal?)before);

    public static Change Of(decimal? now, decimal? before) =>
        new(now is { } after && before is { } was and not 0 ? (after - was) / Math.Abs(was) : null, false);

    public static Change OfShares(decimal? now, decimal? before) => new(now - before, true);
}
