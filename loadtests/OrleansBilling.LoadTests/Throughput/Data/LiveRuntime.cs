using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>A host of turns in this process, on a clock that stands still and with a provider that answers at once.</summary>
internal sealed class LiveRuntime : IAsyncDisposable
{
    private const long ProviderSeed = 1;

    /// <summary>Over a storage, which stays its owner's. The journal may be another one, such as one that counts.</summary>
    public LiveRuntime(BillingStorage storage, IJournal journal, Instant now, int subscriptions, bool countsStatistics = true)
    {
        Clock = new VirtualClock(now);
        Catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        var options = new TurnHostOptions();
        Host = new TurnHost(
            options with
            {
                LiveSubscriptionsMax = Math.Max(options.LiveSubscriptionsMax, subscriptions), CountsStatistics = countsStatistics,
            },
            journal, storage.Due, Catalog, new SimulatedPaymentProvider(ProviderSeed), Clock, TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    public TurnHost Host { get; }

    public VirtualClock Clock { get; }

    public CatalogCache Catalog { get; }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
