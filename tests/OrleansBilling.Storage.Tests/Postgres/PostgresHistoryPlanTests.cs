using System.Globalization;
using System.Text.RegularExpressions;
using OrleansBilling.Storage.Postgres.Feed;
using OrleansBilling.Storage.Postgres.History;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>The cost of a page does not grow with the history. Measured in database pages that a statement touches.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresHistoryPlanTests(PostgresFixture postgres)
{
    private const int Few = 100;
    private const int Many = 100_000;

    /// <summary>
    /// One subscription with little usage and one with much. Each has ten other events after it, and a checkpoint every 128 events.
    /// </summary>
    private static readonly string Fill =
        $"""
        insert into usage_event select s.id, n, '2024-01-31', repeat('u', 100)
        from (values ('few', {Few}), ('many', {Many})) as s (id, usage) cross join lateral generate_series(2, s.usage) as n;
        insert into event select s.id, n, '2024-01-31', 'charge_requested', repeat('e', 100)
        from (values ('few', {Few}), ('many', {Many})) as s (id, usage)
            cross join lateral (select 1 union all select generate_series(s.usage + 1, s.usage + 10)) as e (n);
        insert into checkpoint select s.id, n, timestamptz '2024-01-31' + n * interval '1 second', repeat('c', 500)
        from (values ('few', {Few}), ('many', {Many})) as s (id, usage) cross join lateral generate_series(128, s.usage, 128) as n;
        """;

    public static TheoryData<string, string, string> Reads => new()
    {
        { "the first page of everything", PostgresHistory.AllSql, "'{0}', 0, 51, 1048576" },
        { "the last page of everything", PostgresHistory.AllSql, "'{0}', {1} - 45, 51, 1048576" },
        { "a page in the middle", PostgresHistory.AllSql, "'{0}', {1} / 2, 51, 1048576" },
        { "all but usage", PostgresHistory.WithoutUsageSql, "'{0}', 0, 257, 262144" },
        { "the beginning, for the feed", PostgresFeed.BeginningsSql, "array['{0}'], 64, 65536" },
        { "the newest checkpoint", HistorySql.CheckpointAtVersion, "'{0}', {1}" },
        { "an old checkpoint", HistorySql.CheckpointAtVersion, "'{0}', 200" },
        { "a checkpoint of an old instant", HistorySql.CheckpointAsOf, "'{0}', '2024-01-31T00:05:00Z'" },
        { "a checkpoint of the present", HistorySql.CheckpointAsOf, "'{0}', '2025-01-31'" },
    };

    [StorageFact]
    public async Task A_thousand_times_the_usage_costs_no_read_three_times_the_pages()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        await using (await database.OpenAsync()) { }

        await database.ExecuteAsync(Fill);
        foreach (var settings in new[] { "", "analyze; " })
        {
            await database.ExecuteAsync($"{settings}select 1");
            foreach (var read in Reads)
            {
                var (name, sql, arguments) = read.Data;
                var few = await TouchedAsync(database, sql, string.Format(CultureInfo.InvariantCulture, arguments, "few", Few));
                var many = await TouchedAsync(database, sql, string.Format(CultureInfo.InvariantCulture, arguments, "many", Many));
                Assert.True(many <= (3 * few) + 6, $"{settings}{name}: {few} pages of {Few}, {many} of {Many}.");
            }
        }
    }

    private static async Task<int> TouchedAsync(PostgresTestDatabase database, string sql, string arguments)
    {
        var types = sql.Contains("$4", StringComparison.Ordinal)
            ? "text, bigint, integer, bigint"
            : sql.Contains("at <=", StringComparison.Ordinal) ? "text, timestamptz" : "text, bigint";
        var plan = await database.PlanAsync(types, sql, arguments, explain: "analyze, buffers, costs off, timing off, summary off");
        var touched = Regex.Match(
            plan.First(line => line.Contains("Buffers:", StringComparison.Ordinal)), @"shared(?: hit=(\d+))?(?: read=(\d+))?");
        return Number(touched.Groups[1]) + Number(touched.Groups[2]);
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
}
