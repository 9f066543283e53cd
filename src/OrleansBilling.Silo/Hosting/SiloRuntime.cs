using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Hosting;

/// <summary>What all grains of a silo share: the stores, the catalog, the clock, and the runner of effects.</summary>
internal sealed class SiloRuntime : IDisposable
{
    /// <summary>Shorter than the timeout after which a caller takes the silo for lost.</summary>
    private static readonly TimeSpan PollMax = TimeSpan.FromSeconds(3);

    private readonly SubscriptionReferences references = new();

    public SiloRuntime(
        SiloParts parts, SiloOptions options, TimeProvider time, IGrainFactory grains, RingMembers members, ILoggerFactory loggers)
    {
        var (stores, payments, clock) = parts;
        Stores = stores;
        Clock = clock;
        Time = time;
        Grains = grains;
        Members = members;
        PumpOptions = options;
        Catalog = new CatalogCache(stores.Catalog, time, options.CatalogBytes);
        Handlers = SubscriptionHandlerServices.Create(stores.Journal, Catalog, clock.Clock) with
        {
            CountsStatistics = options.CountsStatistics,
            UsageRetention = options.UsageRetention,
        };

        // Orleans itself ends the calls of a silo to one that is declared dead.
        var calls = new SubscriptionCalls(
            FindSubscription, Catalog, clock, time, grain => members.IsHere(grain.GetGrainId()), static () => CancellationToken.None);
        Effects = new EffectRunner(payments, options, time, calls.ReportAsync, loggers);
    }

    public SiloStores Stores { get; }

    public CatalogCache Catalog { get; }

    public SubscriptionHandlerServices Handlers { get; }

    public EffectRunner Effects { get; }

    public WireClock Clock { get; }

    public TimeProvider Time { get; }

    public IGrainFactory Grains { get; }

    public RingMembers Members { get; }

    public BillingHostOptions PumpOptions { get; }

    /// <summary>The grain of a subscription.</summary>
    public ISubscriptionGrain FindSubscription(string id) => references.Find(Grains, id);

    /// <summary>Whether a task completes within the time that a caller may be kept waiting.</summary>
    public async Task<bool> WithinPollAsync(Task task)
    {
        try
        {
            await task.WaitAsync(PollMax, Time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public void Dispose() => Effects.Dispose();
}
