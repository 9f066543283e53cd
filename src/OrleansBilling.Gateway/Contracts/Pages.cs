using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using OrleansBilling.Gateway.Json;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>A page of subscriptions, ordered by id.</summary>
/// <param name="Data">The subscriptions.</param>
/// <param name="NextCursor">Where the next page begins.</param>
/// <param name="Unreadable">Subscriptions of this page that cannot be read; omitted if there are none.</param>
internal sealed record SubscriptionPage(
    ImmutableArray<SubscriptionDocument> Data,
    string? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnreadableDocument>? Unreadable = null);

/// <summary>A stored subscription that cannot be shown: its row, or the terms it refers to, are damaged. The log has details.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Version">Its stored version.</param>
/// <param name="Code">Always <c>unreadable</c>.</param>
internal sealed record UnreadableDocument(string Id, long Version, string Code)
{
    public const string Unreadable = "unreadable";
}

/// <summary>A page of products, ordered by id.</summary>
internal sealed record ProductPage(ImmutableArray<ProductDocument> Data, string? NextCursor);

/// <summary>A page of plans, ordered by id.</summary>
internal sealed record PlanPage(ImmutableArray<PlanDocument> Data, string? NextCursor);

/// <summary>A page of offers in their newest version, ordered by id.</summary>
internal sealed record OfferPage(ImmutableArray<OfferDocument> Data, string? NextCursor);

/// <summary>A page of coupons, ordered by id.</summary>
internal sealed record CouponPage(ImmutableArray<CouponDocument> Data, string? NextCursor);

/// <summary>A page of invoices.</summary>
internal sealed record InvoicePage(ImmutableArray<InvoiceDocument> Data, string? NextCursor);

/// <summary>A page of events, oldest first.</summary>
internal sealed record EventPage(ImmutableArray<EventDocument> Data, string? NextCursor);

/// <summary>Something that happened to a subscription.</summary>
/// <param name="Sequence">The version that it produced.</param>
/// <param name="Type">A stable name.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">The stored content.</param>
internal sealed record EventDocument(long Sequence, string Type, Instant At, RawJson Data);
