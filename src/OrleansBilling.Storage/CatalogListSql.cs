using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Storage;

/// <summary>
/// The statement of a page, for both databases. It contains only the filters that are given, so that each combination can use its index.
/// With several owners, each one's first rows come from the index by owner and id, and the page is the first of those.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on.</param>
/// <param name="Values">The parameters: texts, numbers and instants.</param>
internal sealed record CatalogListSql(string Text, IReadOnlyList<object> Values)
{
    public static CatalogListSql Of(CatalogTable table, CatalogFilter filter, string? afterId, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var values = new List<object> { afterId ?? "", limit };
        (string Column, ImmutableArray<string> Ids)[] given =
            [("plan_id", filter.PlanIds), ("product_id", filter.ProductIds), ("seller_id", filter.SellerIds)];
        var owners = given.Where(owner => !owner.Ids.IsEmpty).ToList();
        var rest = Conditions(filter, owners.Skip(1), values);
        if (owners.Count == 0) return new($"{Select(table)}{rest} order by id limit $2", values);

        // The narrowest owner leads, the others only filter.
        var column = owners[0].Column;
        var pages = owners[0].Ids.Distinct(StringComparer.Ordinal)
            .Select(id => $"select * from ({Select(table)} and t.{column} = {Add(values, id)}{rest} order by id limit $2) as page");
        return new($"{string.Join(" union all ", pages)} order by id limit $2", values);
    }

    private static string Select(CatalogTable table) => $"select {table.Columns} from {table.Name} as t {table.Join} where t.id > $1";

    private static string Conditions(
        CatalogFilter filter, IEnumerable<(string Column, ImmutableArray<string> Ids)> owners, List<object> values)
    {
        var conditions = new StringBuilder();
        foreach (var (column, ids) in owners)
            And($"t.{column} in ({string.Join(", ", ids.Select(id => Add(values, id)))})");
        if (filter.Archived is { } archived) And(archived ? "t.archived_at is not null" : "t.archived_at is null");
        if (filter.ArchivedOf is { Length: 0 }) And("t.archived_at is null");
        else if (filter.ArchivedOf is { } seller) And($"(t.archived_at is null or t.seller_id = {Add(values, seller)})");
        if (filter.CreatedFrom is { } from) And($"t.created_at >= {Add(values, from)}");
        if (filter.CreatedTo is { } to) And($"t.created_at < {Add(values, to)}");
        return conditions.ToString();

        void And(string condition) => conditions.Append(" and ").Append(condition);
    }

    private static string Add(List<object> values, object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
