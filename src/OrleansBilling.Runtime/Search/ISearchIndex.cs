using System.Collections.Immutable;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Search;

/// <summary>
/// Finds ids for the search, in tables that are written together with what they tell of. Every look is bounded, also for a seller among
/// others with millions of rows.
/// </summary>
public interface ISearchIndex
{
    /// <summary>The most rows that one look returns.</summary>
    const int RowsMax = 200;

    /// <summary>
    /// Of a seller's customers, so many of the newest are looked through for the beginning of a mail address or name; and so many of all
    /// customers that fit are looked through for those of the seller. What is in neither is not found: a longer beginning finds it.
    /// </summary>
    const int LookedThroughMax = 5_000;

    /// <summary>
    /// Of a customer's subscriptions, so many of those with the last ids are looked through for a seller's, or for an invoice.
    /// </summary>
    const int SubscriptionsLookedThroughMax = 200;

    /// <summary>Up to <paramref name="limit"/> rows, at most <see cref="RowsMax"/>; of <see cref="SearchLook.SubscriptionsOf"/> so many
    /// for each customer.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<SearchRow>> FindAsync(SearchLook look, SearchScope scope, int limit, CancellationToken cancellationToken);
}

/// <summary>One way to look for something.</summary>
public abstract record SearchLook
{
    private SearchLook()
    {
    }

    /// <summary>Subscriptions whose id begins so, ordered by id.</summary>
    public sealed record SubscriptionIds(string Start) : SearchLook;

    /// <summary>Customers whose id begins so, ordered by id.</summary>
    public sealed record CustomerIds(string Start) : SearchLook;

    /// <summary>Customers with a mail address, in any case of A to Z, the oldest first.</summary>
    public sealed record Email(string Address) : SearchLook;

    /// <summary>Customers whose mail address begins so, in any case of A to Z, ordered by it.</summary>
    public sealed record Emails(string Start) : SearchLook;

    /// <summary>Customers with a word in their name that begins so, ordered by it. One can be found twice.</summary>
    /// <param name="Start">Folded as in <see cref="Customers.CustomerNames"/>.</param>
    public sealed record Names(string Start) : SearchLook;

    /// <summary>Invoices with a number, each in the series of another seller.</summary>
    public sealed record InvoiceNumber(long Number) : SearchLook;

    /// <summary>Subscriptions of at most <see cref="ISearchIndex.RowsMax"/> customers: of each those with the last ids.</summary>
    public sealed record SubscriptionsOf(ImmutableArray<string> Owners) : SearchLook;
}

/// <summary>Whose things may be found.</summary>
/// <param name="SellerId">Only what this seller sold; null for all.</param>
/// <param name="CustomerId">Only what belongs to this customer; null for all.</param>
public sealed record SearchScope(string? SellerId, string? CustomerId)
{
    public static SearchScope Everything { get; } = new(null, null);

    public bool MaySee(string sellerId, string customerId) =>
        (SellerId is null || SellerId == sellerId) && (CustomerId is null || CustomerId == customerId);
}

/// <summary>The id of a subscription or a customer; or of an invoice, with its number within the subscription.</summary>
public readonly record struct SearchRow(string Id, int Ordinal);
