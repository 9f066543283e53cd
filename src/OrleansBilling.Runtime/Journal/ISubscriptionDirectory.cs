using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Lists subscriptions by columns that every commit keeps up to date.</summary>
public interface ISubscriptionDirectory
{
    /// <summary>Up to <paramref name="limit"/> matching subscriptions after <paramref name="afterId"/>, ordered by id.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>Which subscriptions to list; null matches everything.</summary>
public sealed record DirectoryFilter
{
    public SubscriptionStatus? Status { get; init; }

    public string? SellerId { get; init; }

    public string? ProductId { get; init; }

    public string? PlanId { get; init; }

    public string? OfferId { get; init; }

    public string? CustomerId { get; init; }
}
