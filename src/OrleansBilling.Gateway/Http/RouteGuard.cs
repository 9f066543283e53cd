using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// What stands before a route's handler; one for each route. In this order: the caller is authenticated and allowed, the
/// query parameters are known, the idempotency key is well-formed, the body is what is expected, it is the caller's turn.
/// </summary>
internal sealed class RouteGuard(Authenticator authenticator, RequestTurns turns, RouteFacts facts)
{
    private static readonly ApiError TooMany = new(
        429, "too_many_requests", "As many requests of this caller wait as may; send the next when some are answered.", null,
        RetryAfterSeconds: 1);

    /// <param name="http">The request.</param>
    /// <param name="type">What its body is; null where it has none.</param>
    /// <param name="whenEmpty">What an empty body means, where there may be one.</param>
    /// <param name="handler">What is done then; its body is null where there is none.</param>
    public async Task RunAsync<TBody>(HttpContext http, JsonTypeInfo<TBody>? type, TBody? whenEmpty, ApiHandler<TBody> handler)
        where TBody : class
    {
        var (call, error) = await AdmitAsync(http);
        TBody? body = null;
        if (error is null && type is not null) (body, error) = await ReadAsync(call!, type, whenEmpty);

        // Taken when the body is there: one that comes slowly takes nobody's turn.
        using var turn = error is null ? await TakeTurnAsync(call!) : null;
        if (turn is { IsAcquired: false }) error = TooMany;
        var answer = error is null ? await handler(call!, body!) : Answers.Problem(error);
        await answer.ExecuteAsync(http);
    }

    private static async ValueTask<(TBody? Body, ApiError? Error)> ReadAsync<TBody>(
        ApiCall call, JsonTypeInfo<TBody> type, TBody? whenEmpty)
        where TBody : class
    {
        var body = await JsonBody.ReadAsync(call.Http, type, whenEmpty, call.Key is not null);
        call.Fingerprint = body.Fingerprint;
        return (body.Value, body.Error);
    }

    /// <summary>
    /// Waits while as many of the caller's requests are worked on as may be, so that a busy caller delays only himself.
    /// Administrators never wait. The turn lasts until the answer is written.
    /// </summary>
    private async ValueTask<RateLimitLease?> TakeTurnAsync(ApiCall call) =>
        facts.Streams || call.Caller.Role == Role.Administrator ? null : await turns.TakeAsync(call.Caller, call.Aborted);

    private ValueTask<(ApiCall? Call, ApiError? Error)> AdmitAsync(HttpContext http)
    {
        var authentication = authenticator.AuthenticateAsync(http);
        return authentication.IsCompletedSuccessfully ? new(Admit(http, authentication.Result)) : Later();

        async ValueTask<(ApiCall? Call, ApiError? Error)> Later() => Admit(http, await authentication);
    }

    private (ApiCall? Call, ApiError? Error) Admit(HttpContext http, Authentication authentication)
    {
        if (authentication.Caller is not { } caller) return (null, authentication.Error);
        if (caller.Role == Role.Customer) http.Features.Set(CustomerAudience.Instance);
        if (!facts.Roles.Allow(caller.Role)) return (null, ApiErrors.Forbidden);
        if (Query.Validate(http.Request, facts.Query) is { } unknown) return (null, unknown);

        var keys = http.Request.Headers[IdempotencyHeader.Name];
        if (keys.Count == 0 || facts.IgnoresKey || !HttpMethods.IsPost(http.Request.Method))
            return (new ApiCall(http, caller) { CallerKey = authentication.Key }, null);
        var key = keys.Count == 1 ? keys[0]! : "";
        return IdempotencyHeader.Check(key, IdempotencyHeader.Name) is { } invalid
            ? (null, invalid)
            : (new ApiCall(http, caller) { CallerKey = authentication.Key, Key = key }, null);
    }
}
