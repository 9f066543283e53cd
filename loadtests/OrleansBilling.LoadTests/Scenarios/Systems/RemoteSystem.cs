using OrleansBilling.LoadTests.Scenarios.Targets;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>Gateways that somebody else started, and that go on when the run is over.</summary>
internal sealed class RemoteSystem(GatewayWay way) : RunningSystem
{
    /// <summary>Whose processors it uses is not to be seen from here.</summary>
    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes => [Own("load")];

    public override Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) => way.OpenTargetAsync(cancellationToken);

    public override ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        way.ReadCanceledAsync(sellerId, cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
