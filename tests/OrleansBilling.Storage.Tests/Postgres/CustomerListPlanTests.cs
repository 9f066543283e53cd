using NodaTime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Storage.Customers;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Every page of the list of customers is served by an index.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class CustomerListPlanTests(PostgresFixture postgres)
{
    /// <summary>One seller sold to half of all customers, five hundred others to the other half.</summary>
    private const string Fill =
        """
        insert into customer (id, created_at, email, data)
        select 'c' || n, timestamptz '2024-01-01' + n * interval '1 second', 'c' || n || '@example.com', '{"name":"x"}'
        from generate_series(1, 200000) as n;
        insert into customer_seller (seller_id, customer_id, created_at)
        select case when n % 2 = 0 then 'large' else 's' || n % 1000 end, 'c' || n, timestamptz '2024-01-01' + n * interval '1 second'
        from generate_series(1, 200000) as n
        """;

    private static readonly Instant Middle = Instant.FromUtc(2024, 1, 2, 0, 0);

    private static readonly CustomerFilter[] Filters =
    [
        new(),
        new() { SellerIds = ["large"] },
        new() { SellerIds = ["s1"] },
        new() { SellerIds = [.. Enumerable.Range(0, 50).Select(n => $"s{n}"), "large"] },
        new() { Emails = ["C7@example.com"] },
        new() { Emails = ["c7@example.com"], SellerIds = ["large", "s7"] },
        new() { CreatedFrom = Middle, CreatedTo = Middle + Duration.FromMinutes(1) },
        new() { CreatedTo = Instant.FromUtc(2023, 1, 1, 0, 0), SellerIds = ["large"] },
        new() { CreatedTo = Instant.FromUtc(2023, 1, 1, 0, 0) },
    ];

    [StorageFact]
    public async Task No_page_needs_a_sequential_scan_or_many_blocks()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("analyze");
        foreach (var filter in Filters)
        {
            foreach (var after in new CustomerPlace?[] { null, new CustomerPlace(Middle, "c86400") })
            {
                var sql = CustomerListSql.Of(filter, after, 201);
                // A page of 201 customers for each of 51 sellers.
                await BoundedStatement.HoldAsync(database, sql.Text, sql.Values, 40_000);
            }
        }
    }
}
