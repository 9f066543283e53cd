using OrleansBilling.Storage.Messages;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>The texts of a whole page are found by their places, however many texts there are.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class SubscriptionTextPlanTests(PostgresFixture postgres)
{
    private const string Fill =
        """
        insert into subscription_text (subscription_id, sequence, kind, text)
        select 'sub_' || n, s, n % 3, 'Too dear for me.' from generate_series(1, 100000) as n, generate_series(1, 3) as s
        """;

    [StorageFact]
    public async Task A_page_of_texts_is_read_by_its_key()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        await database.ExecuteAsync("analyze");
        var numbers = Enumerable.Range(1, 200).Select(n => n * 97).ToList();
        var places =
            $"array[{string.Join(", ", numbers.Select(n => $"'sub_{n}'"))}], array[{string.Join(", ", numbers.Select(_ => "2"))}], " +
            $"array[{string.Join(", ", numbers.Select(n => n % 3))}]";
        await BoundedStatement.HoldAsync(database, "text[], bigint[], smallint[]", TextSql.Find, places, blocksMax: 1_500);
    }
}
