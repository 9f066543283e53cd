using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>Forgets the keys of old usage, on one silo: the one that the ring picks, as it picks one for a grain.</summary>
internal sealed class UsagePart : IAsyncDisposable
{
    private static readonly GrainId RingPlace = GrainId.Create("usage-keys", "0");

    private readonly UsageKeySweep sweep;

    public UsagePart(
        Foundation foundation, LocalSilo silo, ServerSettings settings, ILoggerFactory loggers, CancellationToken stopping) =>
        sweep = new UsageKeySweep(
            foundation.Storage.UsageKeys, foundation.Storage.Journal, settings.UsageRetention, foundation.Clock.Clock,
            () => !stopping.IsCancellationRequested && silo.Grains is not null && silo.IsHere(RingPlace), Machine.Time,
            loggers.CreateLogger<UsageKeySweep>());

    public void Start() => sweep.Start();

    public ValueTask DisposeAsync() => sweep.DisposeAsync();
}
