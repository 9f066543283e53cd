using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Silo.Hosting;

internal sealed record SiloOptions : BillingHostOptions
{
    public SiloOptions()
    {
        // These limits hold per group that the silo pumps.
        WakesMax = 128;
        DuePageMax = 1_024;
    }

    /// <summary>The most commands that may wait for one subscription. Further ones are rejected as busy.</summary>
    public int WaitingTurnsMax { get; init; } = 64;

    /// <summary>A grain without calls for this long leaves memory.</summary>
    public TimeSpan IdleAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a silo tries to join the others, which must all answer it, before it gives up.</summary>
    public TimeSpan JoinMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Memory for the cache of products, plans and offers, in bytes.</summary>
    public long CatalogBytes { get; init; } = CatalogCache.BytesDefault;

    /// <summary>How long an answer about statistics may be reused.</summary>
    public TimeSpan StatisticsAge { get; init; } = TimeSpan.FromMilliseconds(500);
}
