using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A page of subscriptions, ordered by id.</summary>
internal sealed record SubscriptionPage(ImmutableArray<SubscriptionDocument> Data, string? NextCursor);

/// <summary>A page of invoices, oldest first.</summary>
internal sealed record InvoicePage(ImmutableArray<InvoiceDocument> Data, string? NextCursor);

/// <summary>A page of events, oldest first.</summary>
internal sealed record EventPage(ImmutableArray<EventDocument> Data, string? NextCursor);

/// <summary>Something that happened to a subscription.</summary>
/// <param name="Sequence">The version that it produced.</param>
/// <param name="Type">Its type's stable name.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">What happened, as it was stored.</param>
internal sealed record EventDocument(long Sequence, string Type, Instant At, RawJson Data);
