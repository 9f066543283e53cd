using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The page at the root address: what this is, and where the API is described. Browsers are led to the console.</summary>
internal sealed class RootRoutes(ConsolePlace place) : IRouteGroup
{
    private const string Reference = "/docs";
    private const string Page = "text/html";

    private static readonly RootDocument Root = new("Orleans Billing", "/openapi/v1.json", Reference, "/health/ready");

    public void Map(ApiRoutes api) =>
        api.GetOpenly("/", http => new(Show(http.Request)))
            .Named("root_get").Answers(200, typeof(RootDocument)).Describe("Root", "Says what this is and where the API is described");

    private IResult Show(HttpRequest request) => IsFromBrowser(request)
        ? Results.Redirect(place.Of(request))
        : Answers.Json(StatusCodes.Status200OK, Root, GatewayJson.Default.RootDocument);

    private static bool IsFromBrowser(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) &&
        accepted.Any(type => type.MediaType.Equals(Page, StringComparison.OrdinalIgnoreCase));
}
