using System.Text.RegularExpressions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Every page of the catalog's lists is served by an index.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class CatalogListPlanTests(PostgresFixture postgres)
{
    private const int Products = 40_000;

    /// <summary>
    /// One seller has half of everything, the other half belongs to five hundred. One in a thousand is archived. Without triggers, which
    /// count one by one.
    /// </summary>
    private static readonly string Fill =
        $$"""
        set session_replication_role = replica;
        insert into product (id, seller_id, data, created_at, archived_at)
        select 'p' || n, case when n % 2 = 0 then 'large' else 's' || n % 1000 end, jsonb_build_object('name', repeat('x', 200)),
          timestamptz '2024-01-01' + n * interval '1 minute', case when n % 1000 = 7 then timestamptz '2025-01-01' end
        from generate_series(1, {{Products}}) as n;
        insert into plan (id, product_id, seller_id, data, created_at, archived_at)
        select 'l' || n, 'p' || n, case when n % 2 = 0 then 'large' else 's' || n % 1000 end, '{}',
          timestamptz '2024-01-01' + n * interval '1 minute',
          case when n % 1000 = 7 then timestamptz '2025-01-01' end
        from generate_series(1, {{Products}}) as n;
        insert into offer (id, plan_id, product_id, seller_id, currency, created_at, archived_at)
        select 'o' || n, 'l' || n, 'p' || n, case when n % 2 = 0 then 'large' else 's' || n % 1000 end, 'BRL',
          timestamptz '2024-01-01' + n * interval '1 minute', case when n % 1000 = 7 then timestamptz '2025-01-01' end
        from generate_series(1, {{Products}}) as n;
        insert into offer_version (id, version, amount) select 'o' || n, v, 100 from generate_series(1, {{Products}}) as n,
          generate_series(1, 3) as v;
        insert into coupon (id, data, seller_id, code, created_at, archived_at)
        select 'c' || n, '{}', case when n % 2 = 0 then 'large' else 's' || n % 1000 end, 'c' || n,
          timestamptz '2024-01-01' + n * interval '1 minute', case when n % 1000 = 7 then timestamptz '2025-01-01' end
        from generate_series(1, {{Products}}) as n;
        set session_replication_role = default
        """;

    private static readonly CatalogFilter[] Filters =
    [
        new(),
        new() { SellerIds = ["large"] },
        new() { SellerIds = ["s1"] },
        new() { SellerIds = [.. Enumerable.Range(0, 50).Select(n => $"s{n}")] },
        new() { Archived = true },
        new() { Archived = false },
        new() { Archived = true, SellerIds = ["large"] },
        new() { ArchivedOf = "" },
        new() { ArchivedOf = "s7" },
        new() { CreatedFrom = NodaTime.Instant.FromUtc(2024, 1, 10, 0, 0), CreatedTo = NodaTime.Instant.FromUtc(2024, 1, 10, 1, 0) },
        new() { CreatedFrom = NodaTime.Instant.FromUtc(2024, 1, 10, 0, 0) },
        new() { CreatedTo = NodaTime.Instant.FromUtc(2023, 1, 1, 0, 0) },
    ];

    private static readonly CatalogFilter[] OfProducts =
    [
        new() { ProductIds = ["p1", "p2"] }, new() { ProductIds = ["p1"], SellerIds = ["s1"] },
    ];

    private static readonly CatalogFilter[] OfPlans = [new() { PlanIds = ["l1", "l3"] }];

    private static IEnumerable<(CatalogTable Table, CatalogFilter Filter)> Lists =>
        Filters.Select(filter => (CatalogTable.Products, filter))
            .Concat(Filters.Concat(OfProducts).Select(filter => (CatalogTable.Plans, filter)))
            .Concat(Filters.Concat(OfProducts).Concat(OfPlans).Select(filter => (PostgresCatalogShelf.Offers, filter)))
            .Concat(Filters.Select(filter => (CatalogTable.Coupons, filter)));

    [StorageFact]
    public async Task No_page_needs_a_sequential_scan_or_many_blocks()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("analyze");
        foreach (var (table, filter) in Lists)
        {
            foreach (var after in new[] { "", "p2", "z" })
            {
                var sql = CatalogListSql.Of(table, filter, after, 201);
                await BoundedStatement.HoldAsync(database, sql.Text, sql.Values);
            }
        }
    }

    [StorageFact]
    public async Task What_was_edited_is_found_by_an_index()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("update product set edited_at = now() - interval '1 day' where seller_id = 's1'");
        await database.ExecuteAsync("analyze");
        var plan = string.Join('\n', await database.PlanAsync("integer, integer", PostgresCatalog.FindEditedSql, "10, 10"));
        Assert.DoesNotMatch(new Regex("Seq Scan"), plan);
    }
}
