using System.Collections.Immutable;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Search;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Kinds of what a search finds.</summary>
internal enum SearchType
{
    Subscription,
    Customer,
    Invoice,
}

/// <summary>Something that a search found. The field that bears the name of its type holds it whole; the other two are null.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="MatchedBy">By what it was found. A subscription of a customer that was found says "customer".</param>
/// <param name="Subscription">The subscription as it is now.</param>
/// <param name="Customer">The customer as it is now.</param>
/// <param name="Invoice">The invoice as it is now.</param>
internal sealed record SearchResultDocument(
    SearchType Type, string Id, SearchMatch MatchedBy, SubscriptionDocument? Subscription, CustomerDocument? Customer,
    InvoiceDocument? Invoice)
{
    public static SearchResultDocument From(SearchResult result, SubscriptionTexts texts) => result switch
    {
        SearchResult.Subscription found => new(
            SearchType.Subscription, found.View.State.Id, found.MatchedBy,
            SubscriptionDocument.From(found.View.State, found.View.Terms, found.Owner, texts), null, null),
        SearchResult.Customer found => new(
            SearchType.Customer, found.Profile.Id, found.MatchedBy, null, CustomerDocument.From(found.Profile), null),
        SearchResult.Invoice found => Of(found.MatchedBy, InvoiceDocument.From(found.Billed, found.Number)),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };

    private static SearchResultDocument Of(SearchMatch matchedBy, InvoiceDocument invoice) =>
        new(SearchType.Invoice, invoice.Id, matchedBy, null, null, invoice);
}

/// <summary>What a search found, the best match first.</summary>
internal sealed record SearchResultList(ImmutableArray<SearchResultDocument> Data);
