using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// What stands before a route's handler; one for each route. In this order: the caller is authenticated and allowed, the
/// query parameters are known, the idempotency key is well-formed, the body is what is expected.
/// </summary>
internal sealed class RouteGuard(GatewayServices services, RouteFacts facts)
{
    public async Task RunAsync(HttpContext http, ApiHandler handler)
    {
        var (call, error) = await AdmitAsync(http);
        if (error is not null) await Answers.Problem(error).ExecuteAsync(http);
        else if (facts.Streams) await (await handler(call!)).ExecuteAsync(http);
        else await services.Turns.RunAsync(call!, () => handler(call!));
    }

    public async Task RunAsync<TBody>(HttpContext http, JsonTypeInfo<TBody> type, TBody? whenEmpty, ApiHandler<TBody> handler)
        where TBody : class
    {
        var (call, error) = await AdmitAsync(http);
        if (error is not null)
        {
            await Answers.Problem(error).ExecuteAsync(http);
            return;
        }

        // A body that comes slowly takes nobody's turn.
        var body = await JsonBody.ReadAsync(http, type, whenEmpty, call!.Key is not null);
        call.Fingerprint = body.Fingerprint;
        await services.Turns.RunAsync(call, () => body.Error is { } malformed ? new(Answers.Problem(malformed)) : handler(call, body.Value!));
    }

    private ValueTask<(ApiCall? Call, ApiError? Error)> AdmitAsync(HttpContext http)
    {
        var authentication = services.Authenticator.AuthenticateAsync(http);
        return authentication.IsCompletedSuccessfully ? new(Admit(http, authentication.Result)) : Later();

        async ValueTask<(ApiCall? Call, ApiError? Error)> Later() => Admit(http, await authentication);
    }

    private (ApiCall? Call, ApiError? Error) Admit(HttpContext http, Authentication authentication)
    {
        if (authentication.Caller is not { } caller) return (null, authentication.Error);
        if (caller.Role == Role.Customer) http.Features.Set(CustomerAudience.Instance);
        if (!facts.Roles.Allow(caller.Role)) return (null, ApiErrors.Forbidden);
        if (Query.Refuse(http.Request, facts.Query) is { } unknown) return (null, unknown);

        var keys = http.Request.Headers[IdempotencyHeader.Name];
        if (keys.Count == 0 || facts.IgnoresKey || !HttpMethods.IsPost(http.Request.Method)) return (new ApiCall(http, caller, services) { CallerKey = authentication.Key }, null);
        var key = keys.Count == 1 ? keys[0]! : "";
        return IdempotencyHeader.Check(key, IdempotencyHeader.Name) is { } invalid ? (null, invalid) : (new ApiCall(http, caller, services) { CallerKey = authentication.Key, Key = key }, null);
    }
}
