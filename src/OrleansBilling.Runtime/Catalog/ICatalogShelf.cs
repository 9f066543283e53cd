using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Catalog;

/// <summary>An entry of the catalog with what the catalog knows about it.</summary>
/// <param name="CreatedAt">Null for entries from before this was stored.</param>
/// <param name="ArchivedAt">Since when it is not sold any more; null while it is on sale.</param>
/// <param name="Revision">Counts edits, from 1. An offer has versions instead; its revision is the newest version.</param>
public sealed record Shelved<T>(T Entry, Instant? CreatedAt = null, Instant? ArchivedAt = null, int Revision = 1);

/// <summary>Which entries of the catalog to list. Several values mean any of them; an empty list means all.</summary>
public sealed record CatalogFilter
{
    public ImmutableArray<string> SellerIds { get; init; } = [];

    /// <summary>For plans and offers.</summary>
    public ImmutableArray<string> ProductIds { get; init; } = [];

    /// <summary>For offers.</summary>
    public ImmutableArray<string> PlanIds { get; init; } = [];

    /// <summary>Whether to list what is archived, or what is not; null for both.</summary>
    public bool? Archived { get; init; }

    /// <summary>The only seller whose archived entries are listed; empty for none, null for all.</summary>
    public string? ArchivedOf { get; init; }

    /// <summary>The first instant of creation.</summary>
    public Instant? CreatedFrom { get; init; }

    /// <summary>The first instant of creation that is not listed any more.</summary>
    public Instant? CreatedTo { get; init; }
}

/// <summary>
/// Lists, archives and edits products, plans, offers and coupons. Lists are ordered by id. All calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICatalogShelf
{
    ValueTask<IReadOnlyList<Shelved<Product>>> ListProductsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Shelved<Plan>>> ListPlansAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Offers in their newest version.</summary>
    ValueTask<IReadOnlyList<Shelved<Offer>>> ListOffersAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Shelved<Coupon>>> ListCouponsAsync(
        CatalogFilter filter, string? afterId, int limit, CancellationToken cancellationToken);

    ValueTask<Shelved<Product>?> FindProductAsync(string id, CancellationToken cancellationToken);

    ValueTask<Shelved<Plan>?> FindPlanAsync(string id, CancellationToken cancellationToken);

    /// <summary>The newest version of an offer.</summary>
    ValueTask<Shelved<Offer>?> FindOfferAsync(string id, CancellationToken cancellationToken);

    ValueTask<Shelved<Coupon>?> FindCouponAsync(string id, CancellationToken cancellationToken);

    /// <summary>Replaces a product by its next revision; false if another edit came first.</summary>
    ValueTask<bool> ReplaceAsync(Shelved<Product> next, CancellationToken cancellationToken);

    /// <summary>Replaces a plan by its next revision; false if another edit came first.</summary>
    ValueTask<bool> ReplaceAsync(Shelved<Plan> next, CancellationToken cancellationToken);

    /// <summary>Replaces a coupon by its next revision; false if another edit came first.</summary>
    ValueTask<bool> ReplaceAsync(Shelved<Coupon> next, CancellationToken cancellationToken);

    /// <summary>Archives an offer, or puts it on sale again if the instant is null. What is archived already keeps its instant.</summary>
    ValueTask ArchiveOfferAsync(string id, Instant? archivedAt, CancellationToken cancellationToken);
}
