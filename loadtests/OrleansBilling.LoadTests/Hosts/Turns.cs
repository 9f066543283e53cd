using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>The bare handler: subscriptions in this process without Orleans. It is the baseline for the cost of grains.</summary>
internal static class Turns
{
    /// <summary>Opens the host; its pumps run only after it is started.</summary>
    public static TurnHost Open(HostParts parts)
    {
        var options = new TurnHostOptions { CountsStatistics = parts.CountsStatistics };
        return new TurnHost(
            options with { LiveSubscriptionsMax = Math.Max(options.LiveSubscriptionsMax, parts.Subscriptions) },
            parts.Journal, parts.Storage.Due, new CatalogCache(parts.Storage.Catalog, TimeProvider.System), parts.Payments, parts.Clock,
            TimeProvider.System, NullLoggerFactory.Instance);
    }

    public static Task<IBillingHost> OpenAsync(HostParts parts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IBillingHost>(Open(parts));
    }
}
