using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>Which balances are read. The conditions name only what is given, so that each finds its index.</summary>
internal static class BalanceFilter
{
    /// <summary>The conditions, and the values of their parameters: $1 is the caller's own, these are $2 and so on.</summary>
    public static (string Sql, IReadOnlyList<string> Values) Conditions(string? sellerId, string? partyId, BalanceKey? after)
    {
        var conditions = new List<string>();
        var values = new List<string>();
        if (sellerId is not null) conditions.Add($"seller_id = {Parameter(sellerId)}");
        if (partyId is not null) conditions.Add($"party_id = {Parameter(partyId)}");
        if (after is { } key)
            conditions.Add(
                $"(seller_id, party_id, currency) > ({Parameter(key.SellerId)}, {Parameter(key.PartyId)}, {Parameter(key.Currency)})");
        return (conditions.Count == 0 ? "true" : string.Join(" and ", conditions), values);

        string Parameter(string value)
        {
            values.Add(value);
            return $"${values.Count + 1}";
        }
    }
}
