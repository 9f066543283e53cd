using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>A request that may be made: authenticated, allowed, and with its idempotency key checked.</summary>
internal sealed class ApiCall(HttpContext http, Caller caller)
{
    public HttpContext Http => http;

    public Caller Caller => caller;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The id in the path.</summary>
    public string Id => (string)http.Request.RouteValues["id"]!;

    public Query Query { get; } = new(http.Request);

    /// <summary>The stored API key that the caller came with; null for the configured administrator.</summary>
    public ApiKey? CallerKey { get; init; }

    /// <summary>The caller's key for this request, or null.</summary>
    public string? Key { get; init; }

    /// <summary>What method, path and body are, where there is a key.</summary>
    public ulong Fingerprint { get; set; }

    /// <summary>The key as subscriptions remember it.</summary>
    public IdempotencyKey? Idempotency => Key is null ? null : IdempotencyHeader.Bind(Tenant, Key, Fingerprint);

    public string Tenant => Security.Tenant.Of(caller);
}
