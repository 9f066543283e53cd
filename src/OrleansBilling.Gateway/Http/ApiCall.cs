using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>An admitted request: the caller is authenticated and allowed, and the idempotency key is well-formed.</summary>
internal sealed class ApiCall(HttpContext http, Caller caller)
{
    public HttpContext Http => http;

    public Caller Caller => caller;

    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>The id in the path.</summary>
    public string Id => (string)http.Request.RouteValues["id"]!;

    public Query Query { get; } = new(http.Request);

    /// <summary>The stored API key that the caller used; null for the configured administrator.</summary>
    public ApiKey? CallerKey { get; init; }

    /// <summary>The caller's turn; null if it needs none: administrators, and streams.</summary>
    public RequestTurn? Turn { get; set; }

    /// <summary>Counts the lines of a stream; null if they are not limited.</summary>
    public LinePace? Pace { get; init; }

    /// <summary>The version that If-Match names; null for any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Whether the caller's condition allows a change of this version; null if there is nothing yet.</summary>
    public bool Expects(long? version) => ExpectedVersion is null || ExpectedVersion == version;

    /// <summary>The request's idempotency key, or null.</summary>
    public string? Key { get; init; }

    /// <summary>A hash of method, path and body, computed only if the request has an idempotency key.</summary>
    public ulong Fingerprint { get; set; }

    /// <summary>The body of a PATCH as it was sent: what a body leaves out differs from what it sets to null.</summary>
    public byte[] Patch { get; set; } = [];

    /// <summary>When a request with this idempotency key was taken first; null if it is not remembered.</summary>
    public Instant? ClaimedAt { get; set; }

    /// <summary>Whether an earlier try of this request did not answer: what it does may be done already.</summary>
    public bool IsSecondTry { get; set; }

    /// <summary>Where what the request made stands, if it was done before and its answer has to be made again; else null.</summary>
    public string? MadeBefore { get; set; }

    /// <summary>The idempotency key as subscriptions store it.</summary>
    public IdempotencyKey? Idempotency => Key is null ? null : IdempotencyHeader.Bind(Tenant, Key, Fingerprint);

    public string Tenant => Security.Tenant.Of(caller);

    /// <summary>
    /// A place to wait for something outside the caller's turn; null if the caller has the maximum number of them, which is
    /// <see cref="RequestWait.TooMany(string?)"/>. A request takes it before it does what it would wait for.
    /// </summary>
    public RequestWait? TryWait() => Turn is null ? new RequestWait(null, null) : Turn.TryWait();
}
