using Microsoft.Extensions.Hosting;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Rehearsal;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Liveness and readiness of the process.</summary>
internal sealed class HealthRoutes(IBillingRuntime runtime, IJournal journal, IHostApplicationLifetime lifetime, Readiness readiness)
    : IRouteGroup
{
    private const string Tag = "Health";

    public void Map(ApiRoutes api)
    {
        api.GetOpenly("/health/live", _ => new(Show("live"))).Named("health_live").Answers(200, typeof(HealthDocument))
            .Describe(Tag, "Shows that the process is alive");
        api.GetOpenly("/health/ready", ReadyAsync).Named("health_ready").Answers(200, typeof(HealthDocument))
            .Describe(Tag, "Shows whether the journal answers and accepts commits, and a silo can take commands");
    }

    private async ValueTask<IResult> ReadyAsync(HttpContext http)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Answers.Problem(new ApiError(503, "stopping", "The server is stopping."));
        if (!readiness.IsWarm) return Answers.Problem(new ApiError(503, "not_ready", "The process has just started.", null, 1));
        if (!runtime.IsReady)
            return Answers.Problem(new ApiError(503, "not_ready", "No silo of the cluster answers.", null, 1));
        return await journal.IsAvailableAsync(http.RequestAborted)
            ? Show("ready")
            : Answers.Problem(new ApiError(503, "not_ready", "The journal does not answer, or does not accept commits.", null, 1));
    }

    private static IResult Show(string status) =>
        Answers.Json(StatusCodes.Status200OK, new HealthDocument(status), GatewayJson.Default.HealthDocument);
}
