using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The page at the root address: what this is, and where the API is described.</summary>
internal sealed class RootRoutes : IRouteGroup
{
    private static readonly RootDocument Root = new("Orleans Billing", "/openapi/v1.json", "/health/ready");

    public void Map(ApiRoutes api) =>
        api.GetOpenly("/", _ => new(Answers.Json(StatusCodes.Status200OK, Root, GatewayJson.Default.RootDocument)))
            .Named("root_get").Answers(200, typeof(RootDocument)).Describe("Root", "Says what this is and where the API is described");
}
