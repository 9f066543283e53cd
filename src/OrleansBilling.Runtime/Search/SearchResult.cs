using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Search;

/// <summary>What somebody looks for.</summary>
/// <param name="Text">At least one character, and no spaces around.</param>
/// <param name="Invoice">The invoice whose id the text is; null if it is no such id.</param>
public sealed record SearchQuery(string Text, (string SubscriptionId, int Number)? Invoice);

/// <summary>By what something was found.</summary>
public enum SearchMatch
{
    /// <summary>Its id, or the beginning of it.</summary>
    Id,

    /// <summary>The customer's mail address, or the beginning of it.</summary>
    Email,

    /// <summary>The beginning of a word of the customer's name.</summary>
    Name,

    /// <summary>The invoice's number.</summary>
    Number,

    /// <summary>It is a subscription of a customer that was found.</summary>
    Customer,
}

/// <summary>Something that was found, as it is now.</summary>
public abstract record SearchResult(SearchMatch MatchedBy)
{
    public sealed record Subscription(SearchMatch MatchedBy, SubscriptionView View, CustomerProfile? Owner) : SearchResult(MatchedBy);

    public sealed record Customer(SearchMatch MatchedBy, CustomerProfile Profile) : SearchResult(MatchedBy);

    /// <param name="MatchedBy">By what it was found.</param>
    /// <param name="Billed">The invoice.</param>
    /// <param name="Number">Its number in the seller's series; null until it has one.</param>
    public sealed record Invoice(SearchMatch MatchedBy, BilledInvoice Billed, long? Number) : SearchResult(MatchedBy);
}
