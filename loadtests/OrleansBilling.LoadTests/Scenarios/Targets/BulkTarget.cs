using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Commands as lines over a few POST /v1/commands streams. All commands of a subscription use the same stream.</summary>
internal sealed class BulkTarget : ILoadTarget
{
    private readonly IReadOnlyList<CommandStream> streams;
    private readonly CommandBodies bodies;

    private BulkTarget(IReadOnlyList<CommandStream> streams, CommandBodies bodies)
    {
        this.streams = streams;
        this.bodies = bodies;
    }

    /// <param name="gateways">The gateways; they share the streams.</param>
    /// <param name="streams">Number of streams.</param>
    /// <param name="window">Maximum of unanswered lines over all streams.</param>
    /// <param name="bodies">Writes lines.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    public static async Task<BulkTarget> OpenAsync(
        IReadOnlyList<GatewayAddress> gateways, int streams, int window, CommandBodies bodies, CancellationToken cancellationToken)
    {
        var opened = new List<CommandStream>();
        for (var n = 0; n < streams; n++)
            opened.Add(await CommandStream.OpenAsync(gateways[n % gateways.Count], Math.Max(1, window / streams), cancellationToken));
        return new BulkTarget(opened, bodies);
    }

    public ValueTask<CommandAnswer> SendAsync(LoadCommand command) =>
        streams[command.Number % streams.Count].SendAsync(bodies.Line(command));

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in streams) await stream.DisposeAsync();
    }
}
