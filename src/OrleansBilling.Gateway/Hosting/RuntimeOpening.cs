using NodaTime;
using OrleansBilling.Cluster.Client;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Storage;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>The host of subscriptions, with the catalog and the figures that go with it.</summary>
internal readonly record struct OpenedRuntime(IBillingHost Host, CatalogCache Catalog, IStatisticsStore Statistics);

/// <summary>Builds the host of subscriptions. The one place that knows that there is more than one kind.</summary>
internal static class RuntimeOpening
{
    /// <exception cref="StartupException">This build, or these settings, do not have it.</exception>
    public static void RequireAvailable(GatewaySettings settings)
    {
        if (settings.Runtime != RuntimeKind.Orleans) return;
        if (settings.Storage != StorageKind.Postgres)
            throw new StartupException("Billing__Runtime=orleans needs Billing__Storage=postgres: silos and gateways meet in the database.");
    }

    public static OpenedRuntime Open(
        GatewaySettings settings, BillingStorage storage, IPaymentProvider payments, IClock machineClock, VirtualClock? virtualClock, TimeProvider time, ILoggerFactory loggers)
    {
        if (settings.Runtime == RuntimeKind.Orleans)
        {
            var cluster = new ClusterHost(settings.ConnectionString, settings.ClusterId, storage, machineClock, virtualClock, time, loggers, settings.Edge.CatalogCacheBytes);
            return new OpenedRuntime(cluster, cluster.Catalog, cluster.Statistics);
        }

        var catalog = new CatalogCache(storage.Catalog, time, settings.Edge.CatalogCacheBytes);
        var embedded = new EmbeddedRuntime(
            new EmbeddedRuntimeOptions(), storage.Journal, catalog, payments, (IClock?)virtualClock ?? machineClock, time, loggers, storage.Quarantine);
        return new OpenedRuntime(embedded, catalog, storage.Statistics);
    }
}
