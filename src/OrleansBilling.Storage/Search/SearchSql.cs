using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Runtime.Search;

namespace OrleansBilling.Storage.Search;

/// <summary>
/// The statement of one look of the search, for both databases. A beginning is a range of an index. Whose rows may be found is part of
/// the index where there is one; elsewhere a bounded number of rows is looked through. Where a row of another table is probed, it is a
/// scalar subquery, because a planner cannot turn that into a join that reads a whole table.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on. Its rows are an id and a number.</param>
/// <param name="Values">The parameters: texts and numbers.</param>
internal sealed record SearchSql(string Text, IReadOnlyList<object> Values)
{
    /// <summary>Sorts after every character, also in the order of UTF-8's bytes.</summary>
    private const string Last = "\U0010FFFF";

    /// <param name="byBytes">How to say that a text is compared by its bytes; empty where it always is.</param>
    public static SearchSql Of(SearchLook look, SearchScope scope, int limit, string byBytes)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ISearchIndex.RowsMax);
        var building = new Building(scope, byBytes, [limit]);
        return new SearchSql(building.Of(look), building.Values);
    }

    private sealed class Building(SearchScope scope, string byBytes, List<object> values)
    {
        public IReadOnlyList<object> Values => values;

        private string EmailColumn => $"lower(t.email{byBytes})";

        public string Of(SearchLook look) => look switch
        {
            SearchLook.SubscriptionIds ids => SubscriptionIds(ids.Start),
            SearchLook.CustomerIds ids => CustomerIds(ids.Start),
            SearchLook.Email email => Email(email.Address),
            SearchLook.Emails emails => Emails(emails.Start),
            SearchLook.Names names => Names(names.Start),
            SearchLook.InvoiceNumber invoice => InvoiceNumber(invoice.Number),
            SearchLook.SubscriptionsOf of => SubscriptionsOf(of.Owners),
            _ => throw new ArgumentOutOfRangeException(nameof(look), look, null),
        };

        private string SubscriptionIds(string start) =>
            $"""
            select d.id, 0 from directory as d
            where {Begins("d.id", start)}{Is("d.seller_id", scope.SellerId)}{Is("d.customer_id", scope.CustomerId)}
            order by d.id limit $1
            """;

        private string CustomerIds(string start) => scope.SellerId is null
            ? $"""
              select t.id, 0 from customer as t where {Begins("t.id", start)}{Is("t.id", scope.CustomerId)} order by t.id limit $1
              """
            : $"""
              select o.customer_id, 0 from customer_seller as o
              where {Begins("o.customer_id", start)}{Is("o.seller_id", scope.SellerId)}{Is("o.customer_id", scope.CustomerId)}
              order by o.customer_id limit $1
              """;

        private string Email(string address) =>
            $"""
            select k.id, 0 from (
              select t.id, t.created_at from customer as t
              where {EmailColumn} = lower({Add(address)}{byBytes}){Is("t.id", scope.CustomerId)}
              order by {EmailColumn}, t.created_at, t.id limit {ISearchIndex.LookedThroughMax}
            ) as k
            where {Sold("k.id")} order by k.created_at, k.id limit $1
            """;

        private string Emails(string start)
        {
            var (from, to) = ($"lower({Add(start)}{byBytes})", $"lower({Add(start + Last)}{byBytes})");
            var following =
                $"""
                select t.id, {EmailColumn} as term from customer as t
                where {EmailColumn} >= {from}{Is("t.id", scope.CustomerId)}
                order by {EmailColumn}, t.created_at, t.id
                """;
            return Terms(following, $"(select {EmailColumn} from customer as t where t.id = o.customer_id)", from, to);
        }

        private string Names(string start)
        {
            var (from, to) = (Add(start), Add(start + Last));
            var following =
                $"""
                select w.customer_id as id, w.word as term from customer_word as w
                where w.word >= {from}{Is("w.customer_id", scope.CustomerId)}
                order by w.word, w.customer_id
                """;
            return Terms(
                following,
                $"(select min(w.word) from customer_word as w where w.customer_id = o.customer_id and w.word >= {from} and w.word < {to})",
                from, to);
        }

        /// <summary>
        /// Customers by a term: for a seller, the first of all that fit which are his, and those of his newest that fit. What follows a
        /// beginning is read in the order of the index up to a limit, and only then is its end looked for: with both ends, a planner that
        /// expects few rows between them reads and sorts all.
        /// </summary>
        private string Terms(string following, string termOf, string from, string to)
        {
            if (scope.SellerId is null)
                return $"select f.id, 0 from ({following} limit $1) as f where f.term < {to} order by f.term, f.id";
            var sold =
                $"""
                select k.id, k.term from ({following} limit {ISearchIndex.LookedThroughMax}) as k
                where k.term < {to} and {Sold("k.id")}
                """;
            if (scope.CustomerId is not null) return $"select f.id, 0 from ({sold}) as f order by f.term, f.id limit $1";
            return
                $"""
                select f.id, 0 from (
                  {sold}
                  union
                  select k.id, k.term from (
                    select o.customer_id as id, {termOf} as term from customer_seller as o
                    where true{Is("o.seller_id", scope.SellerId)}
                    order by o.created_at desc, o.customer_id desc limit {ISearchIndex.LookedThroughMax}
                  ) as k
                  where k.term >= {from} and k.term < {to}
                ) as f
                order by f.term, f.id limit $1
                """;
        }

        /// <summary>The kind is a literal, so that PostgreSQL can tell that the partial index by number applies.</summary>
        private string InvoiceNumber(long number)
        {
            var wanted = Add(number);
            if (scope.CustomerId is null)
            {
                return
                    $"""
                    select k.subscription_id, k.ordinal from (
                      select d.subscription_id, d.ordinal from document as d
                      where d.kind = 1 and d.number = {wanted}{Is("d.seller_id", scope.SellerId)} limit {ISearchIndex.LookedThroughMax}
                    ) as k
                    order by k.subscription_id, k.ordinal limit $1
                    """;
            }

            // A sum is in no index, so the documents of each subscription are looked through, not those of all sellers with this number.
            return
                $"""
                select k.id, k.ordinal from (
                  select o.id, o.seller_id, (
                    select d.ordinal from document as d
                    where d.subscription_id = o.id and d.kind = 1 and d.number + 0 = {wanted}) as ordinal
                  from directory as o where true{Is("o.customer_id", scope.CustomerId)}
                  order by o.id desc limit {ISearchIndex.SubscriptionsLookedThroughMax}
                ) as k
                where k.ordinal is not null{Is("k.seller_id", scope.SellerId)} order by k.id limit $1
                """;
        }

        private string SubscriptionsOf(ImmutableArray<string> customerIds)
        {
            ArgumentOutOfRangeException.ThrowIfZero(customerIds.Length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(customerIds.Length, ISearchIndex.RowsMax);
            return string.Join(
                "\nunion all\n",
                customerIds.Select(id =>
                    $"""
                    select * from (
                      select d.id, 0 as ordinal from (
                        select e.id, e.seller_id, e.customer_id from directory as e where e.customer_id = {Add(id)}
                        order by e.id desc limit {ISearchIndex.SubscriptionsLookedThroughMax}
                      ) as d
                      where true{Is("d.seller_id", scope.SellerId)}{Is("d.customer_id", scope.CustomerId)} order by d.id desc limit $1
                    ) as p
                    """));
        }

        private string Sold(string customerId) => scope.SellerId is { } sellerId
            ? $"(select 1 from customer_seller as o where o.seller_id = {Add(sellerId)} and o.customer_id = {customerId}) = 1"
            : "true";

        private string Begins(string column, string start) => $"{column} >= {Add(start)} and {column} < {Add(start + Last)}";

        private string Is(string column, string? value) => value is null ? "" : $" and {column} = {Add(value)}";

        private string Add(object value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }
    }
}
