using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A page of the feed, in an order that never changes.</summary>
/// <param name="Data">The events.</param>
/// <param name="NextCursor">Where to read on. It is always there, also at the end of the feed.</param>
/// <param name="HasMore">Whether to read on at once. A page can be empty although there are more events.</param>
/// <param name="Unreadable">Events of this page that cannot be shown, by subscription and version; omitted if there are none.</param>
internal sealed record FeedPageDocument(
    ImmutableArray<FeedEventDocument> Data,
    string NextCursor,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnreadableDocument>? Unreadable = null);

/// <summary>Something that happened to a subscription, or an endpoint that was disabled, for integrators.</summary>
/// <param name="Id">The same each time the event is read or delivered.</param>
/// <param name="Type">What happened.</param>
/// <param name="SubscriptionId">The subscription; null if it is about an endpoint.</param>
/// <param name="Sequence">
/// The subscription's version that it produced; null if it is about an endpoint. A gap is a version that has no event here.
/// </param>
/// <param name="SellerId">The seller; null if it is about an endpoint of the marketplace.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="ApiVersion">The version of this format.</param>
/// <param name="Data">What it is about, as it was after the event.</param>
internal sealed record FeedEventDocument(
    string Id, FeedEventType Type, string? SubscriptionId, long? Sequence, string? SellerId, Instant CreatedAt, string ApiVersion,
    FeedDataDocument Data);

/// <summary>What an event is about, as it was after the event.</summary>
/// <param name="Subscription">The subscription; null if the event is about an endpoint.</param>
/// <param name="Invoice">The invoice; null if the event is not about one.</param>
/// <param name="Endpoint">The endpoint that was disabled, without its secret; null if the event is about a subscription.</param>
internal sealed record FeedDataDocument(
    SubscriptionDocument? Subscription, InvoiceDocument? Invoice, WebhookEndpointDocument? Endpoint);

/// <summary>A page of events that are already written as JSON; <see cref="FeedPageDocument"/> describes it.</summary>
internal sealed record WrittenFeedPage(
    ImmutableArray<RawJson> Data,
    string NextCursor,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnreadableDocument>? Unreadable);
