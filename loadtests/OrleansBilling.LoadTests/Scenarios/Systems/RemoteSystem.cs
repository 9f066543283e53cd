using OrleansBilling.LoadTests.Scenarios.Targets;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>Gateways that already run, and continue after the load test.</summary>
internal sealed class RemoteSystem(GatewayWay way) : RunningSystem
{
    /// <summary>Only this process: the processor time of remote servers is not visible from here.</summary>
    public override IReadOnlyList<(string Name, Func<TimeSpan?> Read)> Processes => [Own("load")];

    public override Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) => way.OpenTargetAsync(cancellationToken);

    public override ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        way.ReadCanceledAsync(sellerId, cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
