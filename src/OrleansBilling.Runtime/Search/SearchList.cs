using System.Collections.Immutable;
using System.Globalization;

namespace OrleansBilling.Runtime.Search;

/// <summary>What was found so far, each thing once, up to a limit.</summary>
internal sealed class SearchList(int limit)
{
    private readonly List<SearchResult> results = [];
    private readonly HashSet<(Type Type, string Id)> seen = [];
    private int looked;

    public IReadOnlyList<SearchResult> Results => results;

    public bool IsFull => results.Count >= limit;

    public void Add(SearchResult result)
    {
        if (!IsFull && seen.Add((result.GetType(), IdOf(result)))) results.Add(result);
    }

    /// <summary>The first customers that were found since the last call.</summary>
    public ImmutableArray<string> TakeCustomers(int max)
    {
        var since = results.Skip(looked).OfType<SearchResult.Customer>().Take(max).Select(IdOf);
        looked = results.Count;
        return [.. since];
    }

    public static string IdOf(SearchResult result) => result switch
    {
        SearchResult.Subscription subscription => subscription.View.State.Id,
        SearchResult.Customer customer => customer.Profile.Id,
        SearchResult.Invoice invoice =>
            string.Create(CultureInfo.InvariantCulture, $"{invoice.Billed.SubscriptionId}:{invoice.Billed.Invoice.Number}"),
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, null),
    };
}
