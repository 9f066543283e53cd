using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/webhook-endpoints.</summary>
internal sealed record WebhookEndpointBody
{
    /// <summary>The endpoint's id; made up if omitted.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>Where events are sent: an https address that the internet can reach.</summary>
    [Text(FieldLimits.UrlCharactersMax)]
    public required string Url { get; init; }

    /// <summary>Only events of these types are sent. If omitted, all are, also types that are added later.</summary>
    [Entries(1, FieldLimits.WebhookTypesMax, Unique = true)]
    public IReadOnlyList<FeedEventType>? Types { get; init; }

    /// <summary>Only events of this seller are sent. A seller gets its own without asking; for administrators, omitted means all.</summary>
    [Id]
    public string? SellerId { get; init; }

    /// <summary>What people call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Description { get; init; }

    /// <summary>Whether events are sent. While they are not, they wait. Default true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>PATCH /v1/webhook-endpoints/{id}. What is omitted stays; null removes.</summary>
internal sealed record WebhookEndpointPatchBody
{
    /// <summary>Where events are sent: an https address that the internet can reach.</summary>
    [Text(FieldLimits.UrlCharactersMax)]
    public string? Url { get; init; }

    /// <summary>Only events of these types are sent; null for all.</summary>
    [Entries(1, FieldLimits.WebhookTypesMax, Unique = true)]
    public IReadOnlyList<FeedEventType>? Types { get; init; }

    /// <summary>What people call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Description { get; init; }

    /// <summary>Whether events are sent. Enabling goes on where sending stopped.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>POST /v1/webhook-endpoints/{id}/rotate-secret.</summary>
internal sealed record RotateSecretBody
{
    /// <summary>For how many hours the secret of before signs too. Default 24.</summary>
    [Bounds(0, FieldLimits.SecretOverlapHoursMax)]
    public int? OverlapHours { get; init; }
}

/// <summary>POST /v1/webhook-endpoints/{id}/replay.</summary>
internal sealed record WebhookReplayBody
{
    /// <summary>Only events of this instant or later. If omitted, from the first event on.</summary>
    public Instant? From { get; init; }

    /// <summary>Only events before this instant. If omitted, up to the newest.</summary>
    public Instant? To { get; init; }

    /// <summary>Only events of this subscription.</summary>
    [Id]
    public string? SubscriptionId { get; init; }

    /// <summary>Only events of these types, among those that the endpoint gets.</summary>
    [Entries(1, FieldLimits.WebhookTypesMax, Unique = true)]
    public IReadOnlyList<FeedEventType>? Types { get; init; }
}

/// <summary>An address that events are sent to.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Types">Only events of these types are sent; null for all.</param>
/// <param name="SellerId">Only events of this seller are sent; null for all.</param>
/// <param name="Description">What people call it; null if nothing.</param>
/// <param name="Enabled">Whether events are sent.</param>
/// <param name="DisabledReason">Why none are; null while they are.</param>
/// <param name="DisabledAt">Since when none are; null while they are.</param>
/// <param name="CreatedAt">When it was created. Later events are sent to it.</param>
/// <param name="LastSuccessAt">When it last took an event; null if never.</param>
/// <param name="FailingSince">Its first failure since then; null if there was none.</param>
/// <param name="PastSecretUntil">Until when the secret of before signs too; null if it does not.</param>
internal sealed record WebhookEndpointDocument(
    string Id, string Url, IReadOnlyList<FeedEventType>? Types, string? SellerId, string? Description, bool Enabled,
    DisabledBecause? DisabledReason, Instant? DisabledAt, Instant CreatedAt, Instant? LastSuccessAt, Instant? FailingSince,
    Instant? PastSecretUntil)
{
    public static WebhookEndpointDocument From(WebhookEndpoint endpoint) => new(
        endpoint.Id, endpoint.Url, ListOf(endpoint.Types), endpoint.SellerId, endpoint.Description, endpoint.Disabled is null,
        endpoint.Disabled, endpoint.Disabled is null ? null : endpoint.DisabledAt, endpoint.CreatedAt, endpoint.SucceededAt,
        endpoint.FailingSince, endpoint.Secrets.PastUntil);

    internal static IReadOnlyList<FeedEventType>? ListOf(FrozenSet<FeedEventType>? types) => types is null ? null : [.. types.Order()];
}

/// <summary>An endpoint with its secret, which only this answer shows.</summary>
/// <param name="Id">The endpoint's id.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Types">Only events of these types are sent; null for all.</param>
/// <param name="SellerId">Only events of this seller are sent; null for all.</param>
/// <param name="Description">What people call it; null if nothing.</param>
/// <param name="Enabled">Whether events are sent.</param>
/// <param name="Secret">What signs its events, as Standard Webhooks write it.</param>
/// <param name="PastSecretUntil">Until when the secret of before signs too; null if it does not.</param>
/// <param name="CreatedAt">When it was created. Later events are sent to it.</param>
internal sealed record WebhookSecretDocument(
    string Id, string Url, IReadOnlyList<FeedEventType>? Types, string? SellerId, string? Description, bool Enabled, string Secret,
    Instant? PastSecretUntil, Instant CreatedAt)
{
    public static WebhookSecretDocument From(WebhookEndpoint endpoint, string secret) => new(
        endpoint.Id, endpoint.Url, WebhookEndpointDocument.ListOf(endpoint.Types), endpoint.SellerId, endpoint.Description,
        endpoint.Disabled is null, secret, endpoint.Secrets.PastUntil, endpoint.CreatedAt);
}

/// <summary>A replay that has begun.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="From">Only events of this instant or later; null for all.</param>
/// <param name="To">Only events before this instant; null for all up to now.</param>
/// <param name="SubscriptionId">Only events of this subscription; null for all.</param>
/// <param name="Types">Only events of these types; null for all that the endpoint gets.</param>
internal sealed record WebhookReplayDocument(
    string EndpointId, Instant? From, Instant? To, string? SubscriptionId, IReadOnlyList<FeedEventType>? Types);

/// <summary>What became of a test event.</summary>
/// <param name="Delivered">Whether the endpoint took it.</param>
/// <param name="ResponseStatus">The HTTP status of its answer; null if there was none.</param>
/// <param name="DurationMs">How long it took, in milliseconds; null if nothing was sent.</param>
/// <param name="Fault">Why it failed; null if it did not.</param>
internal sealed record WebhookTestDocument(bool Delivered, int? ResponseStatus, int? DurationMs, string? Fault);

/// <summary>The body of a test event: that of every event, about the endpoint.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">endpoint.test, which no real event has.</param>
/// <param name="SubscriptionId">Null.</param>
/// <param name="Sequence">Null.</param>
/// <param name="SellerId">The seller of the endpoint; null for the marketplace's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ApiVersion">The version of the format of events.</param>
/// <param name="Data">The endpoint.</param>
internal sealed record WebhookTestEvent(
    string Id, string Type, string? SubscriptionId, long? Sequence, string? SellerId, Instant CreatedAt, string ApiVersion,
    FeedDataDocument Data);

/// <summary>Whether an event was delivered.</summary>
internal enum WebhookDeliveryStatus
{
    /// <summary>The endpoint took it.</summary>
    Delivered,

    /// <summary>It will be sent again, or waits for an earlier event of its subscription.</summary>
    Waiting,
}

/// <summary>What became of an event at an endpoint.</summary>
/// <param name="Type">What happened.</param>
/// <param name="SubscriptionId">The subscription that it is about; null if it is about an endpoint.</param>
/// <param name="Sequence">Its place in the history of the subscription; null if it is about an endpoint.</param>
/// <param name="Status">Whether it was delivered.</param>
/// <param name="Attempts">How often it was sent; 0 if it waits for an earlier event of its subscription.</param>
/// <param name="LastAttemptAt">When it was sent last; null if never.</param>
/// <param name="NextAttemptAt">When it will be sent again; null if not, or after an earlier event of its subscription.</param>
/// <param name="ResponseStatus">The HTTP status of the last answer; null if there was none.</param>
/// <param name="DurationMs">How long the last attempt took, in milliseconds; null if there was none.</param>
/// <param name="Fault">Why the last attempt failed; null if it did not.</param>
/// <param name="Request">What is sent; null if its subscription cannot be read.</param>
internal sealed record WebhookDeliveryDocument(
    FeedEventType Type, string? SubscriptionId, long? Sequence, WebhookDeliveryStatus Status, int Attempts, Instant? LastAttemptAt,
    Instant? NextAttemptAt, int? ResponseStatus, int? DurationMs, string? Fault, FeedEventDocument? Request);

/// <summary>A page of endpoints, ordered by id.</summary>
internal sealed record WebhookEndpointPage(IReadOnlyList<WebhookEndpointDocument> Data, string? NextCursor);

/// <summary>A page of deliveries, the newest event first.</summary>
internal sealed record WebhookDeliveryPage(IReadOnlyList<WebhookDeliveryDocument> Data, string? NextCursor);
