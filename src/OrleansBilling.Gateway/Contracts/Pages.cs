using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A page of subscriptions, ordered by id.</summary>
/// <param name="Data">The subscriptions.</param>
/// <param name="NextCursor">Where the next page begins.</param>
/// <param name="Unreadable">Those that belong to this page but cannot be read; left out where there are none.</param>
internal sealed record SubscriptionPage(
    ImmutableArray<SubscriptionDocument> Data,
    string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnreadableDocument>? Unreadable = null);

/// <summary>A stored subscription that cannot be shown: its row, or the terms that it names, are damaged. The log says more.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Version">Its stored version.</param>
/// <param name="Code">Always unreadable.</param>
internal sealed record UnreadableDocument(string Id, long Version, string Code);

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
