using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// The statement of a page of a party's entries, of credit notes or of chargebacks, newest first, for both databases. It contains only the
/// filters that are given. The narrowest leads, with one page for each of its values from the index by value and creation; the page is the
/// newest of those. Each row says whether the lists are being rebuilt; if nothing matches, there is one that says only that.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on.</param>
/// <param name="Values">The parameters: texts, numbers and instants.</param>
internal sealed record DocumentListSql(string Text, IReadOnlyList<object> Values)
{
    /// <summary>The columns of an entry in the order in which they are read and written, as below.</summary>
    public const string EntryColumns =
        "subscription_id, sequence, party_id, seller_id, currency, kind, invoice, credit_note, attempt, amount, created_at";

    public const string CreditNoteColumns =
        "subscription_id, ordinal, seller_id, customer_id, currency, invoice, to_credit, amount, tax, reason, reason_sequence, created_at";

    public const string ChargebackColumns =
        "subscription_id, invoice, attempt, seller_id, customer_id, currency, status, amount, credit_taken, reason, reason_sequence, " +
        "created_at, closed_at";

    /// <summary>The most pairs of values that are looked up each alone.</summary>
    private const int PairsMax = 250;

    public static DocumentListSql Of(BalanceEntryFilter filter, BalanceEntryMark? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var page = new Building("balance_entry", EntryColumns, ["created_at", "subscription_id", "sequence"], limit);
        var party = page.Is("party_id", filter.PartyId);
        var range = page.Range(filter.Created, after is { } mark ? [mark.CreatedAt, mark.SubscriptionId, mark.Sequence] : []);
        return page.Around(page.Led(
            party, range, paired: true, ("subscription_id", filter.SubscriptionIds), ("seller_id", filter.SellerIds),
            ("currency", filter.Currencies)));
    }

    public static DocumentListSql Of(CreditNoteFilter filter, CreditNoteMark? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var page = new Building("credit_note", CreditNoteColumns, ["created_at", "subscription_id", "ordinal"], limit);
        var range = page.Range(filter.Created, after is { } mark ? [mark.CreatedAt, mark.SubscriptionId, mark.Ordinal] : []);
        const string Number =
            """
            , (select d.number from document as d where d.subscription_id = p.subscription_id and d.kind = 2 and d.ordinal = p.ordinal)
            """;
        if (!filter.Numbers.IsEmpty)
        {
            // Each seller may have a credit note of a number; a customer and a subscription have few at all.
            if (filter.SubscriptionIds.IsEmpty && filter.CustomerIds.IsEmpty)
                return page.Around(page.Numbered(filter.Numbers, filter.SellerIds, range), Number);
            var (column, owners) = filter.SubscriptionIds.IsEmpty
                ? ("customer_id", filter.CustomerIds)
                : ("subscription_id", filter.SubscriptionIds);
            range += page.In("customer_id", filter.CustomerIds) + page.In("seller_id", filter.SellerIds) + page.HasNumber(filter.Numbers);
            return page.Around(page.Owned(column, owners, range), Number);
        }

        return page.Around(
            page.Led(
                "", range, paired: false, ("subscription_id", filter.SubscriptionIds), ("customer_id", filter.CustomerIds),
                ("seller_id", filter.SellerIds)),
            Number);
    }

    public static DocumentListSql Of(ChargebackFilter filter, ChargebackMark? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var page = new Building("chargeback", ChargebackColumns, ["created_at", "subscription_id", "invoice", "attempt"], limit);
        var range = page.Range(
            filter.Created, after is { } mark ? [mark.CreatedAt, mark.SubscriptionId, mark.Invoice, mark.Attempt] : []);
        return page.Around(page.Led(
            "", range, paired: true, ("subscription_id", filter.SubscriptionIds), ("customer_id", filter.CustomerIds),
            ("seller_id", filter.SellerIds), ("status", [.. filter.Statuses.Select(StoredNames.Of)])));
    }

    private sealed class Building
    {
        private readonly string table;
        private readonly string columns;
        private readonly IReadOnlyList<string> order;
        private readonly List<object> values = [];

        public Building(string table, string columns, IReadOnlyList<string> order, int limit)
        {
            BillingStorage.RequirePageSize(limit);
            (this.table, this.columns, this.order) = (table, columns, order);
            values.Add(limit);
        }

        private string Newest => $"order by {string.Join(", ", order.Select(column => $"t.{column} desc"))} limit $1";

        public DocumentListSql Around(string page, string more = "") => new(
            $"""
            select r.rebuilding, p.*{more}
            from (select exists (select 1 from list_rebuild) as rebuilding) as r left join ({page}) as p on true
            order by {string.Join(", ", order.Select(column => $"p.{column} desc"))}
            """,
            values);

        public string Range(InstantRange created, IReadOnlyList<object> after)
        {
            var range = "";
            if (after.Count > 0)
            {
                var place = string.Join(", ", order.Select(column => $"t.{column}"));
                range = $" and ({place}) < ({string.Join(", ", after.Select(value => Add(value)))})";
            }

            if (created.From is { } from) range += $" and t.created_at >= {Add(from)}";
            if (created.To is { } to) range += $" and t.created_at < {Add(to)}";
            return range;
        }

        /// <param name="always">A condition that begins every index.</param>
        /// <param name="rest">Conditions that come after what leads.</param>
        /// <param name="paired">Whether there is an index by the last two filters together.</param>
        /// <param name="filters">The narrowest first.</param>
        public string Led(
            string always, string rest, bool paired, params ReadOnlySpan<(string Column, ImmutableArray<string> Values)> filters)
        {
            // A value that is given twice must not list its rows twice.
            var given = new List<(string Column, ImmutableArray<string> Values)>();
            foreach (var (column, wanted) in filters)
            {
                if (!wanted.IsEmpty) given.Add((column, [.. wanted.Distinct(StringComparer.Ordinal)]));
            }

            if (given.Count == 0) return Pages([always], rest);
            var (leading, several) = given[0];
            if (leading == "subscription_id")
            {
                foreach (var (column, wanted) in given.Skip(1)) rest += In(column, wanted);
                return Owned(leading, several, always + rest);
            }

            if (paired && given.Count == 2 && leading == filters[^2].Column && several.Length * given[1].Values.Length <= PairsMax)
            {
                var (second, others) = given[1];
                return Pages(several.SelectMany(one => others.Select(other => always + Is(leading, one) + Is(second, other))), rest);
            }

            foreach (var (column, wanted) in given.Skip(1)) rest += In(column, wanted);
            return Pages(several.Select(one => always + Is(leading, one)), rest);
        }

        /// <summary>Few credit notes have one of these numbers: at most one for each seller and number.</summary>
        public string Numbered(ImmutableArray<long> numbers, ImmutableArray<string> sellers, string conditions)
        {
            var ofSellers = sellers.IsEmpty ? "" : $" and seller_id in ({string.Join(", ", sellers.Select(seller => Add(seller)))})";
            var wanted = string.Join(", ", numbers.Distinct().Select(number => Add(number)));
            return
                $"""
                with numbered as materialized (
                  select subscription_id, ordinal from document where kind = 2 and number in ({wanted}){ofSellers}
                )
                select {string.Join(", ", columns.Split(", ").Select(column => $"t.{column}"))}
                from numbered as n join {table} as t on t.subscription_id = n.subscription_id and t.ordinal = n.ordinal
                where true{conditions} {Newest}
                """;
        }

        /// <summary>
        /// Looks the number of each row up. As a subquery with a value it cannot lead: PostgreSQL would turn "exists" around and begin with
        /// every seller's credit note of the number.
        /// </summary>
        public string HasNumber(ImmutableArray<long> numbers) =>
            " and (select d.number from document as d where d.subscription_id = t.subscription_id and d.kind = 2" +
            $" and d.ordinal = t.ordinal) in ({string.Join(", ", numbers.Distinct().Select(number => Add(number)))})";

        public string Is(string column, string value) => $" and t.{column} = {Add(value)}";

        public string In(string column, ImmutableArray<string> wanted) =>
            wanted.IsEmpty ? "" : $" and t.{column} in ({string.Join(", ", wanted.Select(value => Add(value)))})";

        /// <summary>
        /// A subscription has few rows, and so has a customer. They are found by its id and then filtered and ordered; PostgreSQL would
        /// otherwise go through all rows of a large party or seller, because it takes every one for an average one.
        /// </summary>
        public string Owned(string column, ImmutableArray<string> ids, string conditions)
        {
            var owners = string.Join(", ", ids.Select(id => Add(id)));
            return
                $"""
                with owned as materialized (select {columns} from {table} where {column} in ({owners}))
                select * from owned as t where true{conditions} {Newest}
                """;
        }

        private string Pages(IEnumerable<string> leads, string rest)
        {
            var pages = leads.Select(lead => $"select {columns} from {table} as t where true{lead}{rest} {Newest}").ToList();
            return pages.Count == 1
                ? pages[0]
                : $"select * from ({string.Join(" union all ", pages.Select(page => $"select * from ({page}) as page"))}) as t {Newest}";
        }

        private string Add(object value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }
    }
}
