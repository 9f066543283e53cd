using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>Builds the filter on balances. It contains only the conditions that are given, so each combination can use its index.</summary>
internal static class BalanceFilter
{
    /// <summary>The conditions and their parameter values. $1 belongs to the caller; these start at $2.</summary>
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
