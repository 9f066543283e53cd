using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Commands as lines of a few streams of POST /v1/commands; those of one subscription always take the same stream.</summary>
internal sealed class BulkTarget : ILoadTarget
{
    private readonly IReadOnlyList<CommandStream> streams;
    private readonly CommandBodies bodies;

    private BulkTarget(IReadOnlyList<CommandStream> streams, CommandBodies bodies)
    {
        this.streams = streams;
        this.bodies = bodies;
    }

    /// <param name="gateways">Where they listen; the streams are dealt out among them.</param>
    /// <param name="streams">How many streams.</param>
    /// <param name="window">Lines that may be unanswered, over all streams.</param>
    /// <param name="bodies">Writes lines.</param>
    /// <param name="cancellationToken">Gives up connecting.</param>
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
