using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Cluster.Hosting;

/// <summary>Whether the process lives, and whether it takes grains.</summary>
internal static class SiloHealth
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints, IJournal journal)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", async (ISiloStatusOracle silo, CancellationToken cancellationToken) =>
        {
            if (silo.CurrentStatus != SiloStatus.Active) return Results.Text("not active", statusCode: StatusCodes.Status503ServiceUnavailable);
            return await journal.IsAvailableAsync(cancellationToken)
                ? Results.Text("ready")
                : Results.Text("the journal does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
    }
}
