using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Webhooks;

/// <summary>
/// Endpoints and their deliveries. All calls throw <see cref="Journal.JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IWebhookStore
{
    /// <summary>The most deliveries of an endpoint that wait. With so many, it is sent no newer events.</summary>
    const int WaitingMax = 1_000;

    /// <summary>The most endpoints that are taken with one call. Each may bring as many deliveries that wait.</summary>
    const int TakenAtOnceMax = 100;

    /// <summary>Adds an endpoint that gets the events from now on.</summary>
    ValueTask<WebhookAddition> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken);

    ValueTask<WebhookEndpoint?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Endpoints by id.</summary>
    ValueTask<IReadOnlyList<WebhookEndpoint>> ListAsync(
        WebhookEndpointFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Stores changed settings, if nobody has changed them since. Whoever sends with the old ones stores nothing more.</summary>
    /// <param name="endpoint">The endpoint, whose version is the one that was read.</param>
    ValueTask<bool> ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken);

    /// <summary>Removes an endpoint; what waits for it is never sent.</summary>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Asks that past events be sent again. False if an earlier replay is not over, or there is no such endpoint.</summary>
    ValueTask<bool> ReplayAsync(string id, WebhookReplay replay, CancellationToken cancellationToken);

    /// <summary>Deliveries of an endpoint, the newest first.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="isDelivered">Only those that were delivered, or only those that wait; null for both.</param>
    /// <param name="after">Only those of higher positions.</param>
    /// <param name="before">Only those of lower positions.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id, bool? isDelivered, long after, long before, int limit, CancellationToken cancellationToken);

    /// <summary>A number that grows with each change of an endpoint, also when one is added, removed, disabled or replayed.</summary>
    ValueTask<long> ReadChangesAsync(CancellationToken cancellationToken);

    /// <summary>The ids and versions of endpoints that are enabled, by id.</summary>
    ValueTask<IReadOnlyList<EnabledEndpoint>> ListEnabledAsync(string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes endpoints over: from now on, nobody who took them before can store progress. Leaves out those that are removed or disabled,
    /// and those that are just being written: ask again for them.
    /// </summary>
    /// <param name="ids">At most <see cref="TakenAtOnceMax"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<WebhookTerm>> TakeAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Stores progress of several endpoints in one transaction. Whoever disables an endpoint adds that to the feed, once, also if the call
    /// is repeated. Returns the ids of those that another one has taken, or that are disabled already.
    /// </summary>
    ValueTask<IReadOnlySet<string>> SaveAsync(IReadOnlyList<WebhookProgress> progress, CancellationToken cancellationToken);

    /// <summary>Endpoints as they were when they were disabled, without their secrets, by the sequences of these events.</summary>
    ValueTask<IReadOnlyDictionary<long, WebhookEndpoint>> ReadDisabledAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>
    /// Removes some deliveries that ended before an instant, and some of removed endpoints. Returns how many.
    /// </summary>
    ValueTask<int> SweepAsync(Instant before, int limit, CancellationToken cancellationToken);
}

/// <summary>Which endpoints to list.</summary>
public sealed record WebhookEndpointFilter
{
    public static readonly WebhookEndpointFilter All = new();

    /// <summary>Only those of these sellers; empty for all.</summary>
    public ImmutableArray<string> SellerIds { get; init; } = [];

    public InstantRange Created { get; init; }
}

/// <summary>An endpoint that is sent to.</summary>
public readonly record struct EnabledEndpoint(string Id, long Version);

/// <summary>Whether an endpoint was added.</summary>
public enum WebhookAddition
{
    Added,

    /// <summary>Its id is taken.</summary>
    Exists,

    /// <summary>Its owner has as many as one may have.</summary>
    TooMany,
}

/// <summary>What somebody who sends to an endpoint begins with.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Number">The number of the term; progress is stored only for the last one.</param>
/// <param name="Through">All events up to this position are delivered or wait.</param>
/// <param name="Waiting">What waits, by position.</param>
/// <param name="Replay">Past events to send; null for none.</param>
public sealed record WebhookTerm(
    WebhookEndpoint Endpoint, long Number, long Through, IReadOnlyList<WebhookDelivery> Waiting, WebhookReplay? Replay)
{
    /// <summary>Positions after <see cref="Through"/> whose events the endpoint has taken already.</summary>
    public IReadOnlySet<long> Taken { get; init; } = FrozenSet<long>.Empty;
}

/// <summary>What became of events at an endpoint.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Term">Who says so.</param>
/// <param name="Through">All events up to this position are delivered or wait.</param>
/// <param name="Deliveries">What was sent, or waits.</param>
public sealed record WebhookProgress(string EndpointId, long Term, long Through, IReadOnlyList<WebhookDelivery> Deliveries)
{
    /// <summary>When the endpoint last took an event; null if it took none.</summary>
    public Instant? SucceededAt { get; init; }

    /// <summary>When it last failed to; null if it never did, or took an event since.</summary>
    public Instant? FailedAt { get; init; }

    /// <summary>Disables the endpoint.</summary>
    public DisabledBecause? Disabled { get; init; }

    /// <summary>The time of the change that disables it.</summary>
    public Instant? DisabledAt { get; init; }

    /// <summary>Up to where a replay has come; null without one.</summary>
    public long? ReplayedThrough { get; init; }
}
