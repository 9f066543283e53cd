using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>What a handler does with a request that has no body.</summary>
internal delegate ValueTask<IResult> ApiHandler(ApiCall call);

/// <summary>What a handler does with a request and its body.</summary>
internal delegate ValueTask<IResult> ApiHandler<in TBody>(ApiCall call, TBody body);

/// <summary>Maps the API's routes. Each names who may use it; see <see cref="RouteGuard"/>.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, GatewayServices services)
{
    public ApiRoute Get(string path, Roles roles, ApiHandler handler, params QueryParameter[] query)
    {
        var guard = new RouteGuard(services, roles, query);
        return Map("GET", path, roles, query, http => guard.RunAsync(http, handler));
    }

    public ApiRoute Delete(string path, Roles roles, ApiHandler handler)
    {
        var guard = new RouteGuard(services, roles, []);
        return Map("DELETE", path, roles, [], http => guard.RunAsync(http, handler));
    }

    /// <summary>A POST; <paramref name="whenEmpty"/> is what an empty body means, where there may be one.</summary>
    public ApiRoute Post<TBody>(string path, Roles roles, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler, TBody? whenEmpty = null)
        where TBody : class
    {
        var guard = new RouteGuard(services, roles, []);
        return Map("POST", path, roles, [], http => guard.RunAsync(http, type, whenEmpty, handler)).Takes(typeof(TBody), JsonBody.ContentType, whenEmpty is not null);
    }

    public ApiRoute Put<TBody>(string path, Roles roles, JsonTypeInfo<TBody> type, ApiHandler<TBody> handler)
        where TBody : class
    {
        var guard = new RouteGuard(services, roles, []);
        return Map("PUT", path, roles, [], http => guard.RunAsync(http, type, null, handler)).Takes(typeof(TBody), JsonBody.ContentType, optional: false);
    }

    /// <summary>A POST whose handler reads the body and writes the answer itself.</summary>
    public ApiRoute PostStream(string path, Roles roles, string contentType, ApiHandler handler)
    {
        var guard = new RouteGuard(services, roles, []);
        return Map("POST", path, roles, [], http => guard.RunAsync(http, handler)).Takes(typeof(string), contentType, optional: false);
    }

    /// <summary>A GET for everyone, also without a key.</summary>
    public ApiRoute GetOpenly(string path, Func<HttpContext, GatewayServices, ValueTask<IResult>> handler) => Map("GET", path, Roles.None, [], async http =>
    {
        var answer = Query.Refuse(http.Request, []) is { } refusal ? Answers.Problem(refusal) : await handler(http, services);
        await answer.ExecuteAsync(http);
    });

    private ApiRoute Map(string method, string path, Roles roles, QueryParameter[] query, RequestDelegate run) =>
        new(routes.MapMethods(path, [method], run), new RouteFacts(method, path, roles, query));
}
