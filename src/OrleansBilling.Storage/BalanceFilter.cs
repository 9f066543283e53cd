using System.Collections.Immutable;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// Builds the parts of the statement that lists balances. They contain only the conditions that are given, so each combination can use its
/// index. With several sellers, or several parties, the first balances of each come from the index.
/// </summary>
/// <param name="Page">The balances that come first.</param>
/// <param name="Conditions">The conditions on the rows that are added to them.</param>
/// <param name="Values">The parameters from $2 on; $1 is the most balances.</param>
internal sealed record BalanceFilter(string Page, string Conditions, IReadOnlyList<string> Values)
{
    private const string Order = "order by seller_id, party_id, currency limit $1";

    /// <param name="columns">The columns to read.</param>
    public static BalanceFilter Of(
        string columns, ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after)
    {
        var values = new List<string>();
        var sellers = Parameters(sellerIds);
        var parties = Parameters(partyIds);
        var later = after is { } key
            ? $"(seller_id, party_id, currency) > ({Add(key.SellerId)}, {Add(key.PartyId)}, {Add(key.Currency)})"
            : null;
        var (ofSellers, ofParties) = (In("seller_id", sellers), In("party_id", parties));
        var leading = sellers.Count > 0 ? sellers.Select(seller => All($"seller_id = {seller}", ofParties, later))
            : parties.Count > 0 ? parties.Select(party => All($"party_id = {party}", later))
            : [All(later)];
        var pages = leading.Select(condition => $"select * from (select {columns} from balance where {condition} {Order}) as page");
        return new BalanceFilter($"{string.Join(" union all ", pages)} {Order}", All(ofSellers, ofParties, later), values);

        List<string> Parameters(ImmutableArray<string> several) => [.. several.Distinct(StringComparer.Ordinal).Select(Add)];

        string Add(string value)
        {
            values.Add(value);
            return $"${values.Count + 1}";
        }
    }

    private static string? In(string column, List<string> parameters) =>
        parameters.Count == 0 ? null : $"{column} in ({string.Join(", ", parameters)})";

    private static string All(params IEnumerable<string?> conditions) =>
        string.Join(" and ", conditions.Where(condition => condition is not null).DefaultIfEmpty("true"));
}
