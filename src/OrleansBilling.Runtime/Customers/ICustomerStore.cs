using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// The customers of the marketplace. New ones come with the commits of subscriptions (<see cref="JournalCommit.Customer"/>) or from
/// here. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICustomerStore
{
    /// <summary>The most customers that one call looks up or adds.</summary>
    const int BatchMax = 500;

    /// <summary>Finds customers by their ids, at most <see cref="BatchMax"/>, in no order. Unknown ids are left out.</summary>
    ValueTask<IReadOnlyList<CustomerProfile>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Adds a customer; false if its id is taken.</summary>
    ValueTask<bool> AddAsync(CustomerProfile customer, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a customer by its next revision; false if it is not any more as it was read, because of another edit or because it got a
    /// mail address that it lacked.
    /// </summary>
    ValueTask<bool> ReplaceAsync(CustomerProfile read, CustomerProfile next, CancellationToken cancellationToken);

    /// <summary>Whether the customer has, or had, a subscription of this seller.</summary>
    ValueTask<bool> IsKnownToAsync(string customerId, string sellerId, CancellationToken cancellationToken);

    /// <summary>A page of customers, the newest first.</summary>
    ValueTask<IReadOnlyList<CustomerProfile>> ListAsync(
        CustomerFilter filter, CustomerPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the customers that subscriptions of an older release name, at most <see cref="BatchMax"/>. One that is known and was never
    /// edited gets the mail address and the country that it lacks.
    /// </summary>
    ValueTask AddNamedAsync(IReadOnlyCollection<NamedCustomer> named, CancellationToken cancellationToken);

    /// <summary>
    /// Makes names that an older release stored findable, at most <see cref="BatchMax"/>. A customer that is at another revision by now is
    /// left out. New names need no such call.
    /// </summary>
    ValueTask AddWordsAsync(IReadOnlyCollection<CustomerProfile> read, CancellationToken cancellationToken);
}

/// <summary>Which customers to list. Several values mean any of them; an empty list means all.</summary>
public sealed record CustomerFilter
{
    /// <summary>Mail addresses, in any case.</summary>
    public ImmutableArray<string> Emails { get; init; } = [];

    /// <summary>Customers that have, or had, a subscription of one of these sellers.</summary>
    public ImmutableArray<string> SellerIds { get; init; } = [];

    /// <summary>The first instant of creation.</summary>
    public Instant? CreatedFrom { get; init; }

    /// <summary>The first instant of creation that is not listed any more.</summary>
    public Instant? CreatedTo { get; init; }
}

/// <summary>A place in the list of customers.</summary>
public readonly record struct CustomerPlace(Instant CreatedAt, string Id);
