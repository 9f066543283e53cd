using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Lists subscriptions by everything that people look for. Ordered by id it is never old. Every other order is that of rows that are
/// derived from the journal and follow its commits within a second (<see cref="IListProjection"/>); the subscriptions themselves are shown
/// as they are now.
/// </summary>
public interface ISubscriptionList
{
    /// <summary>
    /// Up to <paramref name="limit"/> matching subscriptions after a mark; null while the rows of this order are being derived again.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<PlacedSubscription>?> ListAsync(
        SubscriptionFilter filter, SubscriptionSort sort, SubscriptionMark? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which subscriptions to list. Several values mean any of them; an empty list means all.</summary>
public sealed record SubscriptionFilter
{
    public ImmutableArray<SubscriptionStatus> Statuses { get; init; } = [];

    public ImmutableArray<string> SellerIds { get; init; } = [];

    public ImmutableArray<string> ProductIds { get; init; } = [];

    public ImmutableArray<string> PlanIds { get; init; } = [];

    public ImmutableArray<string> OfferIds { get; init; } = [];

    public ImmutableArray<string> CustomerIds { get; init; } = [];

    /// <summary>Not with the order of ids.</summary>
    public ImmutableArray<string> PaymentTokens { get; init; } = [];

    /// <summary>Pairs that a subscription must all have. Only in the order of creation.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Not with the order of ids, like the other ranges.</summary>
    public InstantRange Created { get; init; }

    public InstantRange NextBilling { get; init; }

    public InstantRange Canceled { get; init; }
}

/// <summary>Instants from the first on, and before the second; null for no bound.</summary>
public readonly record struct InstantRange(Instant? From, Instant? To)
{
    public bool IsEmpty => From is null && To is null;
}

/// <summary>What subscriptions are ordered by.</summary>
public enum SubscriptionOrder
{
    Id,

    CreatedAt,

    /// <summary>Lists only those that have a next billing.</summary>
    NextBillingAt,

    /// <summary>Lists only those that were canceled.</summary>
    CanceledAt,
}

/// <summary>An order and its direction. Subscriptions of one instant are ordered by id.</summary>
public readonly record struct SubscriptionSort(SubscriptionOrder By, bool Descending = false);

/// <summary>A place in the list.</summary>
/// <param name="At">The instant that the list is ordered by; null if it is ordered by id.</param>
public readonly record struct SubscriptionMark(Instant? At, string SubscriptionId);

/// <summary>A subscription as it is now, and the place where it was found.</summary>
public readonly record struct PlacedSubscription(StoredSubscription Stored, SubscriptionMark Place);

/// <summary>What a subscription is found by.</summary>
/// <param name="PaymentToken">The provider's token; null if nothing is on file.</param>
public sealed record ListedSubscription(
    string SubscriptionId,
    string SellerId,
    string ProductId,
    string PlanId,
    string OfferId,
    string CustomerId,
    SubscriptionStatus Status,
    Instant CreatedAt,
    Instant? NextBillingAt,
    Instant? CanceledAt,
    string? PaymentToken,
    ImmutableSortedDictionary<string, string> Metadata);
