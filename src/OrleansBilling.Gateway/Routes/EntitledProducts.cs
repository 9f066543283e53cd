using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The products of a page, each by the subscription that gives access for longest. However many come, few are kept.</summary>
/// <param name="after">The product after which the page begins; null for the first page.</param>
/// <param name="countMax">The most products to keep.</param>
internal sealed class EntitledProducts(string? after, int countMax)
{
    private readonly SortedList<string, EntitlementDocument> longest = new(StringComparer.Ordinal);

    public IList<EntitlementDocument> InOrder => longest.Values;

    public void Add(EntitlementDocument one)
    {
        if (after is not null && string.CompareOrdinal(one.ProductId, after) <= 0) return;
        if (longest.TryGetValue(one.ProductId, out var known) && known.Until >= one.Until) return;
        longest[one.ProductId] = one;
        if (longest.Count > countMax) longest.RemoveAt(countMax);
    }
}
