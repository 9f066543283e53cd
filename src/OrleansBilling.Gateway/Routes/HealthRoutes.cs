using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Whether the process lives, and whether it can work.</summary>
internal static class HealthRoutes
{
    private const string Tag = "Health";

    public static void MapHealth(this ApiRoutes api)
    {
        api.GetOpenly("/health/live", (_, _) => new(Show("live"))).Answers(200, typeof(HealthDocument))
            .Describe(Tag, "Tells that the process lives");
        api.GetOpenly("/health/ready", ReadyAsync).Answers(200, typeof(HealthDocument))
            .Describe(Tag, "Tells whether the journal answers and takes commits, and commands have somewhere to go");
    }

    private static async ValueTask<IResult> ReadyAsync(HttpContext http, GatewayServices services)
    {
        if (services.Stopping.IsCancellationRequested) return Answers.Problem(new ApiError(503, "stopping", "The server is stopping."));
        if (!services.Runtime.IsReady)
            return Answers.Problem(new ApiError(503, "not_ready", "No silo of the cluster has been reached yet.", null, 1));
        return await services.Journal.IsAvailableAsync(http.RequestAborted)
            ? Show("ready")
            : Answers.Problem(new ApiError(503, "not_ready", "The journal does not answer, or takes no commits.", null, 1));
    }

    private static IResult Show(string status) =>
        Answers.Json(StatusCodes.Status200OK, new HealthDocument(status), GatewayJson.Default.HealthDocument);
}
