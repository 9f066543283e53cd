using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Checks each request before its handler runs, in this order: the caller is authenticated, not too fast and allowed, its key is not
/// limited to other things, the query parameters are known, If-Match and the idempotency key are well-formed, the body matches the
/// contract, it is the caller's turn. Each route has its own guard.
/// </summary>
internal sealed class RouteGuard(
    Authenticator authenticator, RequestTurns turns, KeyRates rates, KeyedRequests requests, RouteFacts facts)
{
    private static readonly ApiError TooMany = new(
        429, "too_many_requests", "This caller has the maximum number of waiting requests; send the next when some are answered.", null,
        RetryAfterSeconds: 1);

    /// <param name="bodies">Reads the body; null if the route takes none.</param>
    /// <param name="handler">Runs after the checks; its body is null if the route takes none.</param>
    public async Task RunAsync<TBody>(HttpContext http, BodyReader<TBody>? bodies, ApiHandler<TBody> handler)
        where TBody : class
    {
        var (call, error) = await AdmitAsync(http);
        TBody? body = null;
        if (error is null && bodies is not null) (body, error) = await ReadAsync(call!, bodies);

        // The turn is taken after the body has arrived, so a slow body does not occupy a turn.
        error ??= await TakeTurnAsync(call!);
        using var turn = call?.Turn;
        var answer = error is null ? await HandleAsync(call!, body!, handler) : Answers.Problem(error);
        await answer.ExecuteAsync(http);
    }

    private ValueTask<IResult> HandleAsync<TBody>(ApiCall call, TBody body, ApiHandler<TBody> handler) =>
        call.Key is null || !facts.Remembers ? handler(call, body) : HandleOnceAsync(call, body, handler);

    /// <summary>Apart, so that other requests do not pay for the closure.</summary>
    private ValueTask<IResult> HandleOnceAsync<TBody>(ApiCall call, TBody body, ApiHandler<TBody> handler) =>
        requests.RunAsync(call, facts, () => handler(call, body));

    private static async ValueTask<(TBody? Body, ApiError? Error)> ReadAsync<TBody>(ApiCall call, BodyReader<TBody> bodies)
        where TBody : class
    {
        var body = await bodies.ReadAsync(call.Http, call.Key is not null);
        call.Fingerprint = body.Fingerprint;
        if (body.Patch is { } patch) call.Patch = patch;
        return (body.Value, body.Error);
    }

    /// <summary>
    /// Waits while the caller has the maximum number of requests in progress, so that a busy caller delays only itself.
    /// Administrators never wait. The turn lasts until the response is written, apart from what the request waits for.
    /// </summary>
    private async ValueTask<ApiError?> TakeTurnAsync(ApiCall call)
    {
        if (facts.Streams || call.Caller.Role == Role.Administrator) return null;
        call.Turn = await turns.TakeAsync(call.Caller, call.Aborted);
        return call.Turn is null ? TooMany : null;
    }

    private ValueTask<(ApiCall? Call, ApiError? Error)> AdmitAsync(HttpContext http)
    {
        var authentication = authenticator.AuthenticateAsync(http);
        return authentication.IsCompletedSuccessfully ? new(Admit(http, authentication.Result)) : Later();

        async ValueTask<(ApiCall? Call, ApiError? Error)> Later() => Admit(http, await authentication);
    }

    private (ApiCall? Call, ApiError? Error) Admit(HttpContext http, Authentication authentication)
    {
        if (authentication.Caller is not { } caller) return (null, authentication.Error);
        if (!facts.Streams && rates.Count(http.Response, authentication) is { } tooFast) return (null, tooFast);
        if (caller.Role == Role.Customer) http.Features.Set(CustomerAudience.Instance);
        if (!facts.Roles.Allow(caller.Role)) return (null, ApiErrors.Forbidden);
        if (authentication.Key?.Scopes is { } limited && (limited & facts.Scopes) == 0) return (null, ApiErrors.OutOfScope);
        if (facts.ChangesKeys && authentication.Key?.Kind == KeyKind.Session) return (null, ApiErrors.Forbidden);
        if (Query.Validate(http.Request, facts.Query) is { } unknown) return (null, unknown);
        if (VersionTag.Read(http.Request, out var expected) is { } noTag) return (null, noTag);
        if (ReadKey(http.Request, out var key) is { } noKey) return (null, noKey);
        return (new ApiCall(http, caller)
        {
            CallerKey = authentication.Key,
            Key = key,
            ExpectedVersion = expected,
            Pace = facts.Streams ? rates.PaceOf(http.Response, authentication) : null,
        }, null);
    }

    private ApiError? ReadKey(HttpRequest request, out string? key)
    {
        key = null;
        var keys = request.Headers[IdempotencyHeader.Name];
        if (keys.Count == 0 || !facts.TakesKey) return null;
        key = keys.Count == 1 ? keys[0]! : "";
        return IdempotencyHeader.Check(key, IdempotencyHeader.Name);
    }
}
