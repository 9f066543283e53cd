using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Lists;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Every page of the list of invoices is served by an index, and so is keeping the list.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class InvoicePlanTests(PostgresFixture postgres)
{
    private const int Subscriptions = 25_000;

    /// <summary>
    /// Ten invoices for each subscription. One seller has half of everything, the other half belongs to five hundred. One in a hundred is
    /// open, of which half are overdue, and one in a thousand is disputed. Every seller has an invoice number 1.
    /// </summary>
    private static readonly string[] Fill =
    [
        $$"""
        insert into subscription (id, version, partition, status, state)
        select 's' || n, 1, 0, 'active', '{}' from generate_series(1, {{Subscriptions}}) as n
        """,
        .. Enumerable.Range(1, 10).Select(k => $$"""
        insert into invoice (subscription_id, number, seller_id, customer_id, currency, status, overdue, created_at, data)
        select 's' || n, {{k}}, case when n % 2 = 0 then 'large' else 's' || n % 1000 end, 'c' || n / 2, 'BRL',
          case when (n + {{k}}) % 1000 = 7 then 'disputed' when (n + {{k}}) % 100 = 3 then 'open' else 'paid' end, (n + {{k}}) % 200 = 3,
          timestamptz '2024-01-01' + ({{k}} * {{Subscriptions}} + n) * interval '80 seconds', '{"number":1}'
        from generate_series(1, {{Subscriptions}}) as n
        """),
        $$"""
        insert into listed_subscription (subscription_id, seller_id, product_id, plan_id, offer_id, customer_id, status, created_at)
        select 's' || n, 'x', 'x', 'x', 'x', 'x', 'active', '2024-01-01' from generate_series(1, {{Subscriptions}}) as n
        """,
        $$"""
        insert into next_billing (subscription_id, seller_id, product_id, plan_id, offer_id, status, at)
        select 's' || n, 'x', 'x', 'x', 'x', 'active', '2024-01-01' from generate_series(1, {{Subscriptions}}) as n
        """,
        $$"""
        insert into subscription_metadata (subscription_id, key, value, seller_id, created_at)
        select 's' || n, 'k', 'x', 'x', '2024-01-01' from generate_series(1, {{Subscriptions}}) as n
        """,
        """
        insert into document (subscription_id, kind, ordinal, seller_id, number)
        select subscription_id, 1, number, seller_id, row_number() over (partition by seller_id order by created_at)
        from invoice
        """,
        $$"""
        insert into list_note (subscription_ids)
        select array_agg('s' || n) from generate_series(1, {{Subscriptions}}) as n group by n / 100
        """,
        "analyze",
    ];

    private static readonly Instant Middle = Instant.FromUtc(2024, 5, 1, 0, 0);

    private static readonly InvoiceFilter[] Filters =
    [
        new(),
        new() { SellerIds = ["large"] },
        new() { SellerIds = ["s1"] },
        new() { SellerIds = ["nobody"] },
        new() { SellerIds = [.. Enumerable.Range(0, 50).Select(n => $"s{n}")] },
        new() { Statuses = [InvoiceStatus.Paid] },
        new() { Statuses = [InvoiceStatus.Void] },
        new() { Statuses = [InvoiceStatus.Open, InvoiceStatus.Disputed] },
        new() { SellerIds = ["large"], Statuses = [InvoiceStatus.Disputed] },
        new() { SellerIds = ["large", "s1"], Statuses = [InvoiceStatus.Disputed, InvoiceStatus.Void] },
        new() { SellerIds = ["s1"], Statuses = [InvoiceStatus.Open], Overdue = true },
        new() { SellerIds = ["large"], Overdue = true },
        new() { SellerIds = ["s1"], Overdue = false },
        new() { Overdue = true },
        new() { Overdue = true, Statuses = [InvoiceStatus.Open] },
        new() { Overdue = false, Statuses = [InvoiceStatus.Open] },
        new() { CustomerIds = ["c1", "c77"] },
        new() { CustomerIds = ["c1"], SellerIds = ["large"], Statuses = [InvoiceStatus.Void] },
        new() { SubscriptionIds = ["s1", "s2", "s3"] },
        new() { SubscriptionIds = ["s1"], CustomerIds = ["c1"] },
        new() { Numbers = [1] },
        new() { Numbers = [1, 100_000], SellerIds = ["large"] },
        new() { Numbers = [7], Statuses = [InvoiceStatus.Void] },
        new() { CreatedFrom = Middle, CreatedTo = Middle + Duration.FromHours(1) },
        new() { CreatedFrom = Middle, SellerIds = ["s1"] },
        new() { CreatedTo = Middle, SellerIds = ["large"], Statuses = [InvoiceStatus.Open] },
    ];

    /// <summary>A customer and a subscription have few invoices. Those are looked at, and not every seller's with the number.</summary>
    private static readonly InvoiceFilter[] NumbersOfFew =
    [
        new() { Numbers = [1], CustomerIds = ["c1"] },
        new() { Numbers = [1, 7], CustomerIds = ["c1"], SellerIds = ["large"] },
        new() { Numbers = [1], SubscriptionIds = ["s1"] },
        new() { Numbers = [1], SubscriptionIds = ["s1"], CustomerIds = ["c0"] },
    ];

    private const int BlocksOfFewMax = 400;

    private static readonly InvoiceMark?[] Marks = [null, new(Middle, "s1", 5), new(Instant.FromUtc(2024, 1, 24, 3, 0), "s1", 1)];

    [StorageFact]
    public async Task No_statement_needs_a_sequential_scan_or_many_blocks()
    {
        var database = await FilledAsync();
        await HoldPagesAsync(database, Filters);
        await HoldPagesAsync(database, NumbersOfFew, BlocksOfFewMax);
        await HoldKeepingAsync(database);
    }

    private static async Task HoldPagesAsync(
        PostgresTestDatabase database, InvoiceFilter[] filters, int blocksMax = BoundedStatement.BlocksMax)
    {
        foreach (var filter in filters)
        {
            foreach (var after in Marks)
            {
                var sql = InvoiceListSql.Of(filter, after, 201);
                await BoundedStatement.HoldAsync(database, sql.Text, sql.Values, blocksMax);
            }
        }
    }

    private static async Task HoldKeepingAsync(PostgresTestDatabase database)
    {
        await BoundedStatement.HoldAsync(database, "integer", PostgresListProjection.NotesSql, "256");
        await BoundedStatement.HoldAsync(database, "text[]", PostgresListProjection.SubscriptionsSql, ArrayOf(300, n => $"s{n}"));
        await BoundedStatement.HoldAsync(database, "text, integer", PostgresListProjection.NextSql, "'s5', 256");
        await BoundedStatement.HoldAsync(
            database, "bigint, text, text", PostgresListProjection.DropSql, "1, 's5', 's6'",
            empty: "(list_|balance_entry|credit_note|chargeback)");
        var rows = string.Join(
            ", ", ArrayOf(300, n => $"s{n}"), ArrayOf(300, _ => "1"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "x"),
            ArrayOf(300, _ => "BRL"), ArrayOf(300, _ => "paid"), ArrayOf(300, _ => "false"), ArrayOf(300, _ => "2024-01-01"),
            ArrayOf(300, _ => "new"), ArrayOf(300, n => $"s{n}"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "x"),
            ArrayOf(300, _ => "x"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "active"), ArrayOf(300, _ => "2024-01-01"),
            ArrayOf(300, _ => "2024-01-01"), ArrayOf(300, _ => "x"), ArrayOf(300, n => n % 2 == 0 ? "NULL" : "2024-01-01"),
            ArrayOf(600, n => $"s{(n + 1) / 2}"), ArrayOf(600, n => $"k{n % 2}"), ArrayOf(600, _ => "x"), ArrayOf(600, _ => "x"),
            ArrayOf(600, _ => "2024-01-01"),
            ArrayOf(300, n => $"s{n}"), ArrayOf(300, _ => "1"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "x"), ArrayOf(300, _ => "BRL"),
            ArrayOf(300, _ => "paid"), ArrayOf(300, _ => "1"), ArrayOf(300, _ => "NULL"), ArrayOf(300, _ => "NULL"),
            ArrayOf(300, _ => "100"), ArrayOf(300, _ => "2024-01-01"), string.Join(", ", Enumerable.Repeat("'{}'", 11 + 12 + 2)),
            "'{1, 2, 3}'");
        await BoundedStatement.HoldAsync(
            database,
            "text[], integer[], text[], text[], text[], text[], boolean[], timestamptz[], " +
            "text[], text[], text[], text[], text[], text[], text[], text[], " +
            "timestamptz[], timestamptz[], text[], timestamptz[], text[], text[], text[], text[], timestamptz[], " +
            "text[], bigint[], text[], text[], text[], text[], integer[], integer[], integer[], bigint[], timestamptz[], " +
            "text[], integer[], text[], text[], text[], integer[], boolean[], bigint[], bigint[], text[], timestamptz[], " +
            "text[], integer[], integer[], text[], text[], text[], text[], bigint[], bigint[], text[], timestamptz[], timestamptz[], " +
            "bigint[], bigint[], bigint[]",
            PostgresListProjection.WriteSql, rows, blocksMax: 40_000,
            empty: "(list_|balance_entry|credit_note|chargeback)");
    }

    private async Task<PostgresTestDatabase> FilledAsync()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        foreach (var sql in Fill) await database.ExecuteAsync(sql);
        return database;
    }

    private static string ArrayOf(int count, Func<int, string> element) =>
        $"'{{{string.Join(',', Enumerable.Range(1, count).Select(element))}}}'";
}
