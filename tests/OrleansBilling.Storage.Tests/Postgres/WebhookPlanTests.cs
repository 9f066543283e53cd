using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Storage.Postgres.Webhooks;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Adding one of ten thousand endpoints, or taking a hundred, touches little more than those.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class WebhookPlanTests(PostgresFixture postgres)
{
    /// <summary>Each endpoint of two thousand has a hundred deliveries, of which two wait and ten are past its position.</summary>
    private const string Fill =
        """
        insert into webhook_endpoint (id, seller_id, created_at, url, secret, version, through)
        select 'hook-' || n, 'seller-' || n, now(), 'https://example.com/hook', '\x0102', 1, 180000 from generate_series(0, 9999) as n;
        insert into webhook_delivery (
          endpoint_id, position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at)
        select 'hook-' || n % 2000, n, 's', n, 1, 0, 'seller', n / 2000 % 50 <> 7, 1, now() from generate_series(0, 199999) as n;
        analyze webhook_endpoint;
        analyze webhook_delivery
        """;

    private static readonly string Hundred =
        $"array[{string.Join(", ", Enumerable.Range(0, IWebhookStore.TakenAtOnceMax).Select(n => $"'hook-{n * 17}'"))}]";

    [StorageFact]
    public async Task No_statement_goes_through_all_endpoints_or_deliveries()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await database.ExecuteAsync(Fill);
        foreach (var sql in new[] { PostgresWebhooks.TakeSql, PostgresWebhooks.WaitingSql, PostgresWebhooks.TakenSql })
            await BoundedStatement.HoldAsync(database, "text[]", sql, Hundred, blocksMax: 5_000);
        await BoundedStatement.HoldAsync(
            database, "text, text, timestamptz, text, bigint, text, bytea, text, timestamptz, integer", PostgresWebhooks.AddSql,
            "'new', 'seller-5', now(), 'https://example.com/hook', null, null, '\\x01', null, null, 16", blocksMax: 100, empty: "feed_end");
        await BoundedStatement.HoldAsync(database, WebhookSql.ListEnabled, ["hook-5", 1_000]);
    }

    /// <summary>Regression: in a join, all deliveries were read.</summary>
    [StorageFact]
    public async Task Few_endpoints_with_many_deliveries_are_taken_without_reading_them()
    {
        const string Few =
            """
            insert into webhook_endpoint (id, seller_id, created_at, url, secret, version, through)
            select 'hook-' || n, 'seller-' || n, now(), 'https://example.com/hook', '\x0102', 1, 199990 from generate_series(0, 9999) as n;
            insert into webhook_delivery (
              endpoint_id, position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at)
            select 'hook-' || n % 20, n, 's', n, 1, 0, 'seller', true, 1, now() from generate_series(0, 199999) as n;
            analyze webhook_endpoint;
            analyze webhook_delivery
            """;
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await database.ExecuteAsync(Few);
        var all = $"array[{string.Join(", ", Enumerable.Range(0, 20).Select(n => $"'hook-{n}'"))}]";
        await BoundedStatement.HoldAsync(database, "text[]", PostgresWebhooks.TakenSql, all, blocksMax: 500);
    }
}
