using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Storage.Customers;

/// <summary>
/// The statement of a page of customers, for both databases. It contains only the filters that are given. Mail addresses are narrower
/// than sellers, so they lead where both are given. With several leading values, each one's first rows come from its index, and the
/// page is the first of those; "union" leaves out who is found twice.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on.</param>
/// <param name="Values">The parameters: texts, numbers and instants.</param>
internal sealed record CustomerListSql(string Text, IReadOnlyList<object> Values)
{
    /// <summary>The index that leads has its own copies of the columns that are ordered by.</summary>
    private const string SellersColumns = "o.customer_id as id, o.created_at as created_at, t.revision, t.email, t.country, t.data";

    private const string Order = "order by created_at desc, id desc limit $1";

    public static CustomerListSql Of(CustomerFilter filter, CustomerPlace? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var values = new List<object> { limit };
        string[] places = filter.Emails.IsEmpty && !filter.SellerIds.IsEmpty ? ["o.created_at", "o.customer_id"] : ["t.created_at", "t.id"];
        var range = Range(filter, after, places[0], places[1], values);
        if (!filter.Emails.IsEmpty)
        {
            var visible = VisibleTo(filter.SellerIds, values);
            return Union(filter.Emails, email => $"from customer as t where lower(t.email) = lower({email}){visible}{range}");
        }

        if (filter.SellerIds.IsEmpty) return new($"select {CustomerStore.Columns} from customer as t where true{range} {Order}", values);
        return Union(
            filter.SellerIds,
            seller => $"from customer_seller as o join customer as t on t.id = o.customer_id where o.seller_id = {seller}{range}",
            SellersColumns);

        CustomerListSql Union(ImmutableArray<string> leading, Func<string, string> from, string columns = CustomerStore.Columns)
        {
            var pages = leading.Distinct(StringComparer.Ordinal).Select(value => Add(values, value)).ToList()
                .Select(value => $"select * from (select {columns} {from(value)} {Order}) as page");
            return new($"{string.Join(" union ", pages)} {Order}", values);
        }
    }

    private static string VisibleTo(ImmutableArray<string> sellers, List<object> values) =>
        sellers.IsEmpty
            ? ""
            : " and exists (select 1 from customer_seller as o where o.customer_id = t.id and o.seller_id in " +
                $"({string.Join(", ", sellers.Select(seller => Add(values, seller)))}))";

    private static string Range(CustomerFilter filter, CustomerPlace? after, string createdAt, string id, List<object> values)
    {
        var conditions = new StringBuilder();
        if (after is { } place)
            conditions.Append(
                CultureInfo.InvariantCulture, $" and ({createdAt}, {id}) < ({Add(values, place.CreatedAt)}, {Add(values, place.Id)})");
        if (filter.CreatedFrom is { } from) conditions.Append(CultureInfo.InvariantCulture, $" and {createdAt} >= {Add(values, from)}");
        if (filter.CreatedTo is { } to) conditions.Append(CultureInfo.InvariantCulture, $" and {createdAt} < {Add(values, to)}");
        return conditions.ToString();
    }

    private static string Add(List<object> values, object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }
}
