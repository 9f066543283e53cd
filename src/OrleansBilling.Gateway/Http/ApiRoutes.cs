using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>Handles a request without a body.</summary>
internal delegate ValueTask<IResult> ApiHandler(ApiCall call);

/// <summary>Handles a request with a body.</summary>
internal delegate ValueTask<IResult> ApiHandler<in TBody>(ApiCall call, TBody body);

/// <summary>Maps the API's routes. Each route names the roles that may use it; see <see cref="RouteGuard"/>.</summary>
internal sealed class ApiRoutes(
    IEndpointRouteBuilder routes, Authenticator authenticator, RequestTurns turns, KeyRates rates, KeyedRequests requests)
{
    public ApiRoute Get(string path, Roles roles, ApiHandler handler, params QueryParameter[] query) =>
        Map(new RouteFacts("GET", path, roles, query), handler);

    public ApiRoute Delete(string path, Roles roles, ApiHandler handler) => Map(new RouteFacts("DELETE", path, roles, []), handler);

    /// <summary>Maps a POST. <paramref name="whenEmpty"/> is the meaning of an empty body; null if the body must not be empty.</summary>
    public ApiRoute Post<TBody>(
        string path, Roles roles, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler, TBody? whenEmpty = null, bool ignoresKey = false)
        where TBody : class =>
        Map(new RouteFacts("POST", path, roles, [], ignoresKey), type, handler, whenEmpty);

    public ApiRoute Put<TBody>(string path, Roles roles, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler)
        where TBody : class =>
        Map(new RouteFacts("PUT", path, roles, []), type, handler, null);

    /// <summary>
    /// Maps a PATCH with a JSON merge patch (RFC 7396). Its handler finds the patch as it was sent in <see cref="ApiCall.Patch"/>.
    /// </summary>
    public ApiRoute Patch<TBody>(string path, Roles roles, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler)
        where TBody : class =>
        Map(new RouteFacts("PATCH", path, roles, []), type, handler, null);

    /// <summary>Maps a PUT of a picture.</summary>
    /// <param name="bytesMax">Its largest size in bytes.</param>
    public ApiRoute PutImage(string path, Roles roles, int bytesMax, ApiHandler<ImageBody> handler)
    {
        var facts = new RouteFacts("PUT", path, roles, []);
        var (guard, bodies) = (Guard(facts), new ImageBodyReader(bytesMax));
        return Map(facts, http => guard.RunAsync(http, bodies, handler)).TakesImage();
    }

    /// <summary>Maps a POST whose handler reads the body and writes the response itself.</summary>
    public ApiRoute PostStream(string path, Roles roles, ApiHandler handler) =>
        Map(new RouteFacts("POST", path, roles, [], IgnoresKey: true, Streams: true), handler);

    /// <summary>Maps a GET for everyone, even without a key.</summary>
    public ApiRoute GetOpenly(string path, Func<HttpContext, ValueTask<IResult>> handler) =>
        Map(new RouteFacts("GET", path, Roles.None, []), async http =>
        {
            var answer = Query.Validate(http.Request, []) is { } refusal ? Answers.Problem(refusal) : await handler(http);
            await answer.ExecuteAsync(http);
        });

    private ApiRoute Map<TBody>(RouteFacts facts, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler, TBody? whenEmpty)
        where TBody : class
    {
        var (guard, bodies) = (Guard(facts), new JsonBodyReader<TBody>(type, whenEmpty));
        return Map(facts, http => guard.RunAsync(http, bodies, handler)).Takes(typeof(TBody), whenEmpty is not null);
    }

    private ApiRoute Map(RouteFacts facts, ApiHandler handler)
    {
        var guard = Guard(facts);
        ApiHandler<object> bodiless = (call, _) => handler(call);
        return Map(facts, http => guard.RunAsync(http, null, bodiless));
    }

    private RouteGuard Guard(RouteFacts facts) => new(authenticator, turns, rates, requests, facts);

    private ApiRoute Map(RouteFacts facts, RequestDelegate run) => new(routes.MapMethods(facts.Path, [facts.Method], run), facts);
}
