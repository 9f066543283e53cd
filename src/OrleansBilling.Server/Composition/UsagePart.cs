using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>Forgets the keys of old usage, on one silo: the one that the ring picks, as it picks one for a grain.</summary>
internal sealed class UsagePart : IAsyncDisposable
{
    private static readonly GrainId RingPlace = GrainId.Create("usage-keys", "0");

    private readonly Sweep sweep;

    public UsagePart(
        Foundation foundation, LocalSilo silo, ServerSettings settings, ILoggerFactory loggers, CancellationToken stopping)
    {
        var storage = foundation.Storage;
        var keys = new UsageKeySweep(storage.UsageKeys, storage.Journal, settings.UsageRetention, foundation.Clock.Clock);
        sweep = new Sweep(
            "Forgetting old usage keys", async ends => IsHere() ? await keys.SliceAsync(ends) : 0, IUsageKeys.SliceMax, Machine.Time,
            loggers.CreateLogger<Sweep>());

        bool IsHere() => !stopping.IsCancellationRequested && silo.Grains is not null && silo.IsHere(RingPlace);
    }

    public void Start() => sweep.Start();

    public ValueTask DisposeAsync() => sweep.DisposeAsync();
}
