using OrleansBilling.Runtime.Search;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Search;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Every look of the search is served by indexes and bounded, also where nearly all that fits belongs to others.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class SearchPlanTests(PostgresFixture postgres)
{
    /// <summary>
    /// One seller sold to nine tenths of all customers, one to ten thousand, and one to three; all are named alike. Every seller of a
    /// hundred more has an invoice 7. One customer has ten thousand subscriptions.
    /// </summary>
    private const string Fill =
        """
        insert into customer (id, created_at, email, data)
        select 'cus_' || n, timestamptz '2024-01-01' + n * interval '1 second', 'maria' || n || '@example.com', '{"name":"Maria Silva"}'
        from generate_series(1, 200000) as n;
        insert into customer_word (word, customer_id)
        select w.word, 'cus_' || n from generate_series(1, 200000) as n, unnest(array['maria silva', 'silva']) as w (word);
        insert into customer_seller (seller_id, customer_id, created_at)
        select case when n <= 3 then 'small' when n % 20 = 0 then 'medium' else 'large' end, 'cus_' || n,
          timestamptz '2024-01-01' + n * interval '1 second'
        from generate_series(1, 200000) as n;
        insert into subscription (id, version, partition, status, state)
        select 'sub_' || n, 1, 0, 'active', '{}' from generate_series(1, 200000) as n;
        insert into directory (id, seller_id, product_id, plan_id, offer_id, customer_id)
        select 'sub_' || n, case when n <= 3 then 'small' when n % 20 = 0 then 'medium' else 'large' end, 'p', 'l', 'o',
          'cus_' || case when n % 20 = 7 then 7 else n end
        from generate_series(1, 200000) as n;
        insert into document (subscription_id, kind, ordinal, seller_id, number)
        select 'sub_' || n, 1, 1, 'large', n from generate_series(1, 200000) as n;
        insert into document (subscription_id, kind, ordinal, seller_id, number)
        select 'sub_' || n, 1, 2, 's' || n, 7 from generate_series(1, 100) as n
        """;

    private static readonly SearchLook[] Looks =
    [
        new SearchLook.SubscriptionIds("sub_"),
        new SearchLook.SubscriptionIds("sub_19999"),
        new SearchLook.CustomerIds("cus_"),
        new SearchLook.Email("Maria7@example.com"),
        new SearchLook.Emails("mar"),
        new SearchLook.Emails("maria19999"),
        new SearchLook.Emails("nobody"),
        new SearchLook.Names("ma"),
        new SearchLook.Names("silva"),
        new SearchLook.Names("nobody"),
        new SearchLook.InvoiceNumber(7),
        new SearchLook.SubscriptionsOf([.. Enumerable.Range(1, 10).Select(n => $"cus_{n}")]),
    ];

    private static readonly SearchScope[] Scopes =
    [
        SearchScope.Everything, new("large", null), new("medium", null), new("small", null), new("nobody", null), new(null, "cus_7"),
        new("small", "cus_7"),
    ];

    [StorageFact]
    public async Task No_look_needs_a_sequential_scan_or_many_blocks()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("analyze");
        foreach (var look in Looks)
        {
            foreach (var scope in Scopes)
            {
                var sql = SearchSql.Of(look, scope, ISearchIndex.RowsMax, PostgresSearch.ByBytes);
                // Up to 5,000 rows each way, with a probe of four blocks.
                await BoundedStatement.HoldAsync(database, sql.Text, sql.Values, 60_000);
            }
        }
    }

    [StorageFact]
    public async Task A_small_seller_finds_its_customers_among_all_that_are_named_alike()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using var storage = await database.OpenAsync();
        await database.ExecuteAsync(Fill);
        SearchLook[] looks = [new SearchLook.Emails("mar"), new SearchLook.Names("silva"), new SearchLook.CustomerIds("cus")];
        foreach (var look in looks)
        {
            var found = await storage.Search.FindAsync(look, new SearchScope("small", null), 20, CancellationToken.None);
            Assert.Equal(["cus_1", "cus_2", "cus_3"], found.Select(row => row.Id));
        }
    }
}
