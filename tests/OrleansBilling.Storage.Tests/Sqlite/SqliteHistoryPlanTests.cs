using OrleansBilling.Storage.Sqlite;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

/// <summary>
/// The cost of a page does not grow with the history: every statement seeks in an index to where the page begins, and sorts nothing.
/// </summary>
public sealed class SqliteHistoryPlanTests
{
    [Theory]
    [InlineData(SqliteHistory.AllSql, 2)]
    [InlineData(HistorySql.EventsWithoutUsage, 1)]
    [InlineData(HistorySql.CheckpointAtVersion, 1)]
    [InlineData(HistorySql.CheckpointAsOf, 1)]
    public async Task A_statement_searches_an_index_from_where_it_begins_and_sorts_nothing(string sql, int searches)
    {
        await using var database = new SqliteTestDatabase();
        await using (await database.OpenAsync()) { }

        var plan = await database.PlanAsync(sql);

        Assert.Equal(
            searches,
            plan.Count(
                line => line.StartsWith("SEARCH ", StringComparison.Ordinal) &&
                line.Contains("subscription_id=? AND ", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            plan, line => line.StartsWith("SCAN ", StringComparison.Ordinal) || line.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }
}
