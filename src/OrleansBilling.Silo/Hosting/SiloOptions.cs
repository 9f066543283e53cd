using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Silo.Hosting;

/// <summary>A silo's limits.</summary>
internal sealed record SiloOptions : BillingHostOptions
{
    public SiloOptions()
    {
        // Of each of the groups that the silo pumps.
        WakesMax = 128;
        DuePageMax = 1_024;
    }

    /// <summary>Commands that may wait for one subscription; a further one is told to come back.</summary>
    public int WaitingTurnsMax { get; init; } = 64;

    /// <summary>After this long without a call a grain leaves memory.</summary>
    public TimeSpan IdleAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Bytes of products, plans and offers that are kept in memory.</summary>
    public long CatalogBytes { get; init; } = CatalogCache.BytesDefault;

    /// <summary>How old figures may be when they are told.</summary>
    public TimeSpan StatisticsAge { get; init; } = TimeSpan.FromMilliseconds(500);
}
