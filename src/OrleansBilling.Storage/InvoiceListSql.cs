using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Storage;

/// <summary>
/// The statement of a page of invoices, for both databases. It contains only the filters that are given, so that each combination can use
/// its index. With several owners, each one's newest rows come from the index by owner and creation, and the page is the newest of those.
/// Each row says whether the list is being rebuilt; if nothing matches, there is one that says only that.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on.</param>
/// <param name="Values">The parameters: texts, numbers and instants.</param>
internal sealed record InvoiceListSql(string Text, IReadOnlyList<object> Values)
{
    /// <summary>The most pairs of a seller and a status that are looked up each alone.</summary>
    private const int PairsMax = 250;

    private const string Newest = "order by t.created_at desc, t.subscription_id desc, t.number desc limit $1";

    /// <summary>The columns of an invoice in the order in which they are read and written.</summary>
    public const string Columns = "subscription_id, number, seller_id, customer_id, currency, status, overdue, created_at, data";

    public static InvoiceListSql Of(InvoiceFilter filter, InvoiceMark? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var text = new Building([limit]);
        var page = text.PageOf(filter, after);
        return new InvoiceListSql(
            $"""
            select r.rebuilding, p.*, (
              select d.number from document as d where d.subscription_id = p.subscription_id and d.kind = 1 and d.ordinal = p.number)
            from (select exists (select 1 from list_rebuild) as rebuilding) as r left join ({page}) as p on true
            order by p.created_at desc, p.subscription_id desc, p.number desc
            """,
            text.Values);
    }

    /// <summary>Reads a row of the statement; what is listed is null if nothing matches.</summary>
    public static (bool Rebuilding, ListedInvoice? Listed) ReadRow(DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return (
            reader.GetBoolean(0),
            reader.IsDBNull(1)
                ? null
                : new ListedInvoice(
                    new BilledInvoice(
                        reader.GetString(1), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetBoolean(7),
                        InvoiceCodec.Decode(reader.GetFieldValue<byte[]>(9))),
                    reader.IsDBNull(10) ? null : reader.GetInt64(10)));
    }

    private sealed class Building(List<object> values)
    {
        public List<object> Values => values;

        public string PageOf(InvoiceFilter filter, InvoiceMark? after)
        {
            // A value that is given twice must not list its invoices twice.
            var (subscriptions, customers, sellers) = (Once(filter.SubscriptionIds), Once(filter.CustomerIds), Once(filter.SellerIds));
            var statuses = Once([.. filter.Statuses.Select(StoredNames.Of)]);
            var range = Range(filter, after);
            if (!filter.Numbers.IsEmpty)
            {
                // Each seller may have an invoice of a number; a customer and a subscription have few at all.
                if (subscriptions.IsEmpty && customers.IsEmpty) return Numbered(filter.Numbers, sellers, Rest("status"));
                var conditions = Rest("customer_id") + HasNumber(filter.Numbers);
                return subscriptions.IsEmpty
                    ? Owned("customer_id", customers, conditions)
                    : Owned("subscription_id", subscriptions, conditions);
            }

            // The narrowest owner leads, the others only filter.
            if (!subscriptions.IsEmpty)
                return Pages(subscriptions.Select(id => Is("subscription_id", id)), Rest("customer_id"));
            if (!customers.IsEmpty) return Pages(customers.Select(id => Is("customer_id", id)), Rest("seller_id"));
            if (!sellers.IsEmpty && !statuses.IsEmpty && filter.Overdue != true && sellers.Length * statuses.Length <= PairsMax)
            {
                return Pages(
                    sellers.SelectMany(id => statuses.Select(status => Is("seller_id", id) + Is("status", status))),
                    Rest("overdue"));
            }

            if (!sellers.IsEmpty) return Pages(sellers.Select(id => Is("seller_id", id)), Rest("status"));
            if (!statuses.IsEmpty && filter.Overdue != true)
                return Pages(statuses.Select(status => Is("status", status)), Rest("overdue"));
            return Pages([""], Rest("status"));

            // Those filters that come after the leading one, from the named one on.
            string Rest(string from)
            {
                var rest = range;
                if (from == "customer_id") rest += In("customer_id", customers);
                if (from is "customer_id" or "seller_id") rest += In("seller_id", sellers);
                if (from is not "overdue") rest += In("status", statuses);
                return rest;
            }
        }

        /// <summary>Few invoices have one of these numbers: at most one for each seller and number.</summary>
        private string Numbered(ImmutableArray<long> numbers, ImmutableArray<string> sellers, string conditions)
        {
            var ofSellers = sellers.IsEmpty ? "" : $" and seller_id in ({string.Join(", ", sellers.Select(seller => Add(seller)))})";
            var wanted = string.Join(", ", numbers.Distinct().Select(number => Add(number)));
            return
                $"""
                with numbered as materialized (
                  select subscription_id, ordinal from document where kind = 1 and number in ({wanted}){ofSellers}
                )
                select {Qualified} from numbered as n join invoice as t on t.subscription_id = n.subscription_id and t.number = n.ordinal
                where true{conditions} {Newest}
                """;
        }

        /// <summary>
        /// Few invoices, found by their owner and then filtered and ordered. PostgreSQL would otherwise also go through all of a large
        /// seller, because it takes every seller for an average one.
        /// </summary>
        private string Owned(string column, ImmutableArray<string> ids, string conditions) =>
            $"""
            with owned as materialized (
              select {Columns} from invoice where {column} in ({string.Join(", ", ids.Select(id => Add(id)))})
            )
            select * from owned as t where true{conditions} {Newest}
            """;

        /// <summary>
        /// Looks the number of each row up. As a subquery with a value it cannot lead: PostgreSQL would turn "exists" around and begin with
        /// every seller's invoice of the number.
        /// </summary>
        private string HasNumber(ImmutableArray<long> numbers) =>
            " and (select d.number from document as d where d.subscription_id = t.subscription_id and d.kind = 1" +
            $" and d.ordinal = t.number) in ({string.Join(", ", numbers.Distinct().Select(number => Add(number)))})";

        private static ImmutableArray<string> Once(ImmutableArray<string> values) => [.. values.Distinct(StringComparer.Ordinal)];

        private static string Qualified => string.Join(", ", Columns.Split(", ").Select(column => $"t.{column}"));

        private static string Pages(IEnumerable<string> owners, string rest)
        {
            var pages = owners
                .Select(owner => $"select {Columns} from invoice as t where true{owner}{rest} {Newest}")
                .ToList();
            return pages.Count == 1
                ? pages[0]
                : $"select * from ({string.Join(" union all ", pages.Select(page => $"select * from ({page}) as page"))}) as t {Newest}";
        }

        private string Range(InvoiceFilter filter, InvoiceMark? after)
        {
            var range = "";
            if (after is { } mark)
            {
                range = $" and (t.created_at, t.subscription_id, t.number) < ({Add(mark.CreatedAt)}, {Add(mark.SubscriptionId)}, " +
                    $"{Add(mark.Number)})";
            }

            if (filter.CreatedFrom is { } from) range += $" and t.created_at >= {Add(from)}";
            if (filter.CreatedTo is { } to) range += $" and t.created_at < {Add(to)}";
            if (filter.Overdue is { } overdue) range += overdue ? " and t.overdue" : " and not t.overdue";
            return range;
        }

        private string Is(string column, string value) => $" and t.{column} = {Add(value)}";

        private string In(string column, ImmutableArray<string> wanted) =>
            wanted.IsEmpty ? "" : $" and t.{column} in ({string.Join(", ", wanted.Select(value => Add(value)))})";

        private string Add(object value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }
    }
}
