using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Lists;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>
/// Every page of many entries, credit notes and chargebacks is served by an index that reads little more than it shows, and so is
/// keeping them.
/// </summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class DocumentListPlanTests(PostgresFixture postgres)
{
    private const int Subscriptions = 10_000;

    private const int PageRows = 201;

    /// <summary>
    /// The blocks of 8 KiB that a page may read. A row of the page costs at most a block of the table and one of an index; the rest are the
    /// inner blocks of up to fifty indexes' ranges, and the documents' numbers.
    /// </summary>
    private const int BlocksMax = 2_500;

    /// <summary>
    /// Ten payments for each subscription, shared by its seller and the platform. One seller has half of everything, the other half belongs
    /// to five hundred. One in a thousand is in a rare currency. Each second subscription has credit notes and chargebacks, of which few
    /// are open.
    /// </summary>
    private static readonly string[] Fill =
    [
        $$"""
        insert into subscription (id, version, partition, status, state)
        select 's' || n, 1, 0, 'active', '{}' from generate_series(1, {{Subscriptions}}) as n
        """,
        $$"""
        insert into balance_entry
          (subscription_id, sequence, party_id, seller_id, currency, kind, invoice, credit_note, attempt, amount, created_at)
        select 's' || n, k * 3, p.party, p.seller, case when (n + k) % 1000 = 7 then 'JPY' else 'BRL' end, 'paid', k, null, null, 100,
          timestamptz '2024-01-01' + (k * {{Subscriptions}} + n) * interval '100 seconds'
        from generate_series(1, 10) as k, generate_series(1, {{Subscriptions}}) as n,
          lateral (select case when n % 2 = 0 then 'large' else 's' || n % 1000 end as seller) as s,
          lateral (values (s.seller, s.seller), ('platform', s.seller)) as p (party, seller)
        """,
        $$"""
        insert into credit_note
          (subscription_id, ordinal, seller_id, customer_id, currency, invoice, to_credit, amount, tax, reason, created_at)
        select 's' || n, k, case when n % 4 = 0 then 'large' else 's' || n % 1000 end, 'c' || n / 4, 'BRL', k, false, 100, 0, null,
          timestamptz '2024-01-01' + (k * {{Subscriptions}} + n) * interval '100 seconds'
        from generate_series(1, 4) as k, generate_series(2, {{Subscriptions}}, 2) as n
        """,
        $$"""
        insert into chargeback
          (subscription_id, invoice, attempt, seller_id, customer_id, currency, status, amount, credit_taken, reason, created_at, closed_at)
        select 's' || n, k, 1, case when n % 4 = 0 then 'large' else 's' || n % 1000 end, 'c' || n / 4, 'BRL',
          case when (n + k) % 1000 = 7 then 'open' when (n + k) % 2 = 0 then 'won' else 'lost' end, 100, 0, null,
          timestamptz '2024-01-01' + (k * {{Subscriptions}} + n) * interval '100 seconds', null
        from generate_series(1, 4) as k, generate_series(2, {{Subscriptions}}, 2) as n
        """,
        """
        insert into document (subscription_id, kind, ordinal, seller_id, number)
        select subscription_id, 2, ordinal, seller_id, row_number() over (partition by seller_id order by created_at) from credit_note
        """,
        "analyze",
    ];

    private static readonly Instant Middle = Instant.FromUtc(2024, 3, 1, 0, 0);

    private static readonly string[] Fifty = [.. Enumerable.Range(0, 50).Select(n => $"s{n}")];

    private static readonly InstantRange Hour = new(Middle, Middle + Duration.FromHours(1));

    private static readonly BalanceEntryFilter[] EntryFilters =
    [
        new("platform"), new("large"), new("s1"), new("nobody"),
        new("platform") { SellerIds = ["large"] }, new("platform") { SellerIds = ["s1"] }, new("platform") { SellerIds = [.. Fifty] },
        new("large") { SellerIds = ["large"] }, new("large") { SellerIds = ["s1"] },
        new("platform") { Currencies = ["JPY"] }, new("platform") { Currencies = ["BRL", "JPY", "KWD"] },
        new("platform") { SellerIds = ["large", "s1"], Currencies = ["JPY"] }, new("large") { Currencies = ["JPY", "KWD"] },
        new("platform") { SubscriptionIds = [.. Fifty] }, new("s1") { SubscriptionIds = ["s1"], Currencies = ["KWD"] },
        new("platform") { SubscriptionIds = ["s1"], SellerIds = ["s1"] },
        new("platform") { Created = Hour }, new("platform") { Created = Hour, SellerIds = ["s1"] },
        new("platform") { Created = new(null, Middle), Currencies = ["JPY"] },
    ];

    private static readonly CreditNoteFilter[] CreditNoteFilters =
    [
        new(), new() { SellerIds = ["large"] }, new() { SellerIds = ["s2"] }, new() { SellerIds = [.. Fifty] },
        new() { SellerIds = ["nobody"] }, new() { CustomerIds = ["c1", "c77"] }, new() { CustomerIds = ["c1"], SellerIds = ["large"] },
        new() { SubscriptionIds = ["s2", "s4", "s5"] }, new() { SubscriptionIds = ["s2"], CustomerIds = ["c9"] },
        new() { Numbers = [100] }, new() { Numbers = [1, 40_000], SellerIds = ["large"] },
        new() { Numbers = [7], CustomerIds = ["c1"], SubscriptionIds = ["s4"] },
        new() { Created = Hour }, new() { Created = Hour, SellerIds = ["s2"] },
        new() { Created = new(null, Middle), SellerIds = ["large"] },
    ];

    /// <summary>A customer and a subscription have few credit notes. Those are looked at, and not every seller's with the number.</summary>
    private static readonly CreditNoteFilter[] NumbersOfFew =
    [
        new() { Numbers = [1], CustomerIds = ["c1"] }, new() { Numbers = [1, 7], CustomerIds = ["c1"], SellerIds = ["large"] },
        new() { Numbers = [1], SubscriptionIds = ["s2"] }, new() { Numbers = [1], SubscriptionIds = ["s2"], CustomerIds = ["c0"] },
    ];

    private const int BlocksOfFewMax = 400;

    private static readonly ChargebackFilter[] ChargebackFilters =
    [
        new(), new() { SellerIds = ["large"] }, new() { SellerIds = ["s2"] }, new() { SellerIds = [.. Fifty] },
        new() { Statuses = [DisputeStatus.Open] }, new() { Statuses = [DisputeStatus.Won, DisputeStatus.Lost] },
        new() { SellerIds = ["large"], Statuses = [DisputeStatus.Open] },
        new() { SellerIds = ["large", "s2"], Statuses = [DisputeStatus.Open, DisputeStatus.Won] },
        new() { CustomerIds = ["c1", "c77"] }, new() { CustomerIds = ["c1"], SellerIds = ["large"], Statuses = [DisputeStatus.Open] },
        new() { SubscriptionIds = ["s2", "s4", "s5"] }, new() { SubscriptionIds = ["s2"], Statuses = [DisputeStatus.Lost] },
        new() { Created = Hour }, new() { Created = Hour, Statuses = [DisputeStatus.Open] },
        new() { Created = new(null, Middle), SellerIds = ["large"], Statuses = [DisputeStatus.Open] },
    ];

    [StorageFact]
    public async Task No_statement_needs_a_sequential_scan_or_many_more_blocks_than_rows()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        foreach (var sql in Fill) await database.ExecuteAsync(sql);
        Instant[] places = [Middle, Instant.FromUtc(2024, 1, 13, 0, 0)];
        foreach (var filter in EntryFilters)
        {
            await HoldAsync(database, DocumentListSql.Of(filter, null, PageRows));
            foreach (var at in places) await HoldAsync(database, DocumentListSql.Of(filter, new BalanceEntryMark(at, "s1", 5), PageRows));
        }

        foreach (var filter in CreditNoteFilters)
        {
            await HoldAsync(database, DocumentListSql.Of(filter, null, PageRows));
            foreach (var at in places) await HoldAsync(database, DocumentListSql.Of(filter, new CreditNoteMark(at, "s2", 1), PageRows));
        }

        foreach (var filter in NumbersOfFew)
        {
            var sql = DocumentListSql.Of(filter, null, PageRows);
            await BoundedStatement.HoldAsync(database, sql.Text, sql.Values, BlocksOfFewMax);
        }

        foreach (var filter in ChargebackFilters)
        {
            await HoldAsync(database, DocumentListSql.Of(filter, null, PageRows));
            foreach (var at in places) await HoldAsync(database, DocumentListSql.Of(filter, new ChargebackMark(at, "s2", 1, 1), PageRows));
        }

        // The other lists are empty here.
        await BoundedStatement.HoldAsync(
            database, "bigint, text, text", PostgresListProjection.DropSql, "1, 's5', 's6'", BlocksMax,
            empty: "(list_|invoice|listed_|next_billing|subscription)");
    }

    private static Task HoldAsync(PostgresTestDatabase database, DocumentListSql sql) =>
        BoundedStatement.HoldAsync(database, sql.Text, sql.Values, BlocksMax);
}
