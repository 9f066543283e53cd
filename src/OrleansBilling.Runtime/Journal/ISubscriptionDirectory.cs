using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Journal;

/// <summary>Finds subscriptions by the columns that every commit keeps up to date.</summary>
public interface ISubscriptionDirectory
{
    /// <summary>Up to <paramref name="limit"/> subscriptions that match, ordered by id, behind <paramref name="afterId"/>.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>What to look for; null matches everything.</summary>
public sealed record DirectoryFilter
{
    /// <summary>Status.</summary>
    public SubscriptionStatus? Status { get; init; }

    /// <summary>Seller.</summary>
    public string? SellerId { get; init; }

    /// <summary>Product.</summary>
    public string? ProductId { get; init; }

    /// <summary>Plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Offer.</summary>
    public string? OfferId { get; init; }

    /// <summary>Customer.</summary>
    public string? CustomerId { get; init; }
}
