using OrleansBilling.Storage.Messages;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Usage;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Old usage keys and a page of messages are found by an index, however many there are.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class UsageKeyPlanTests(PostgresFixture postgres)
{
    private const string Fill =
        """
        insert into usage_key (subscription_id, key, day) select 's' || n % 100, 'e/' || n, 19000 + n / 500
        from generate_series(1, 100000) as n;
        insert into subscription_message (subscription_id, sequence, id, sender, at, text)
        select 's' || n % 100, n, 'm' || n, 0, '2024-01-31', repeat('t', 100) from generate_series(1, 20000) as n;
        analyze usage_key, subscription_message;
        """;

    [StorageFact]
    public async Task Both_come_from_an_index()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await RequireAsync("usage_key_day", "integer, integer", UsageKeySql.FindOld, "19010, 1000");
        await RequireAsync("subscription_message_pkey", "text, bigint, integer", MessageSql.Read, "'s7', 0, 51");

        async Task RequireAsync(string index, string types, string sql, string arguments)
        {
            var plan = string.Join('\n', await database.PlanAsync(types, sql, arguments));
            Assert.Contains(index, plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }
}
