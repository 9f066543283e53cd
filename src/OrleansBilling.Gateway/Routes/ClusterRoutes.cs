using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Gateway.Routes;

/// <summary>For operators: the silos, and which of them reads which due work.</summary>
internal sealed class ClusterRoutes(IClusterView cluster) : IRouteGroup
{
    private const string Tag = "Operation";

    public void Map(ApiRoutes api) => api.Get("/v1/cluster", Roles.Administrator, ShowAsync)
        .Named("cluster_get").Answers(200, typeof(ClusterDocument))
        .Describe(Tag, "Shows every silo with its grains, its groups of due work, its queues, and whether the database answers it");

    private async ValueTask<IResult> ShowAsync(ApiCall call)
    {
        var figures = await cluster.ReadAsync(call.Aborted);
        return Answers.Json(StatusCodes.Status200OK, ClusterDocument.From(figures), GatewayJson.Default.ClusterDocument);
    }
}
