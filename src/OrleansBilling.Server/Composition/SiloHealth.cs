using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Rehearsal;

namespace OrleansBilling.Server.Composition;

/// <summary>Liveness and readiness of a process that is only a silo. It is ready when its silo is active and the journal answers.</summary>
internal static class SiloHealth
{
    public static void MapSiloHealth(this IEndpointRouteBuilder endpoints, IJournal journal, Readiness readiness)
    {
        endpoints.MapGet("/health/live", () => Show("live", StatusCodes.Status200OK));
        endpoints.MapGet("/health/ready", async (ISiloStatusOracle silo, CancellationToken cancellationToken) =>
        {
            if (!readiness.IsWarm) return Show("starting", StatusCodes.Status503ServiceUnavailable);
            if (silo.CurrentStatus != SiloStatus.Active) return Show("not_active", StatusCodes.Status503ServiceUnavailable);
            return await journal.IsAvailableAsync(cancellationToken)
                ? Show("ready", StatusCodes.Status200OK)
                : Show("journal_does_not_answer", StatusCodes.Status503ServiceUnavailable);
        });
    }

    private static IResult Show(string status, int code) =>
        Results.Json(new HealthDocument(status), GatewayJson.Default.HealthDocument, statusCode: code);
}
