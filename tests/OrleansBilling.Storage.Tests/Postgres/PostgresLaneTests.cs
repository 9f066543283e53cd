using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Commits;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresLaneTests(PostgresFixture postgres)
{
    private const int LoadsMax = 10_000;
    private const string CutSql =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    [PostgresFact]
    public async Task An_id_that_the_database_cannot_hold_fails_alone()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options with { CommitLanes = 1 });
        string[] ids = ["sub-1", "sub-2", "not\0storable", "sub-3", "not\ud800storable", "sub-4"];
        Task<CommitOutcome>[] commits;
        await using (await database.BlockCommitsAsync())
            commits = [.. ids.Select(id => storage.Journal.CommitAsync(Commit(id), CancellationToken.None).AsTask())];

        var outcomes = await Task.WhenAll(commits);

        Assert.Equal(
            ids.Select(id => id.StartsWith("not", StringComparison.Ordinal) ? CommitOutcome.Refused : CommitOutcome.Committed), outcomes);
    }

    [PostgresFact]
    public async Task A_load_beyond_the_full_queue_is_refused_at_once_and_the_accepted_ones_are_answered()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options with { LoadQueueMax = 4 });
        await storage.Journal.CommitAsync(Commit("sub-1"), CancellationToken.None);
        var loads = new List<Task<StoredSubscription?>>();
        await using (await BlockReadsAsync(database))
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
            {
                while (loads.Count < LoadsMax) loads.Add(storage.Journal.LoadAsync("sub-1", CancellationToken.None).AsTask());
                await Task.WhenAll(loads);
            });
        }

        Assert.True(loads.Count < LoadsMax);
        Assert.All(await Task.WhenAll(loads), stored => Assert.Equal(1, stored!.Version));
    }

    [PostgresFact]
    public async Task A_lane_whose_connection_was_cut_reconnects()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        await storage.Journal.CommitAsync(Commit("sub-1"), CancellationToken.None);
        await Eventually.EqualAsync(0, () => database.QueryAsync<long>(CutSql));

        Assert.NotNull(await storage.Journal.LoadAsync("sub-1", CancellationToken.None));
        Assert.Single(await storage.Journal.ReadEventsAsync("sub-1", 0, 10, CancellationToken.None));
        Assert.Equal(CommitOutcome.Unknown, await storage.Journal.CommitAsync(Commit("sub-1", expected: 1), CancellationToken.None));
        Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(Commit("sub-1", expected: 1), CancellationToken.None));
    }

    [PostgresTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(60)]
    public async Task The_batch_is_planned_to_probe_the_index_however_small_the_table_was_at_the_time(int rows)
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        for (var number = 0; number < rows; number++) await storage.Journal.CommitAsync(Commit($"sub-{number}"), CancellationToken.None);
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await PostgresTestDatabase.ExecuteAsync(connection, "analyze");
        await PostgresTestDatabase.ExecuteAsync(connection, CommitLane.SessionSettings);
        await PostgresTestDatabase.ExecuteAsync(connection, $"prepare batch as {CommitStatement.Sql}");

        var parameters = Regex.Matches(CommitStatement.Sql, @"\$(\d+)")
            .Max(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        var arguments = string.Join(", ", Enumerable.Repeat("'{}'", parameters));
        var plan = await ReadAsync(connection, $"explain (costs off) execute batch({arguments})");

        Assert.Contains("Index Cond: ((id >= b.id) AND (id <= b.id))", plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond: ((id >= d.id) AND (id <= d.id))", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Hash Join", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Merge Join", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task Options_outside_their_range_are_refused(int lanes)
    {
        var options = new PostgresStorageOptions { ConnectionString = "Host=127.0.0.1", CommitLanes = lanes };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PostgresTestDatabase.OpenAsync(options));
    }

    private static async Task<IAsyncDisposable> BlockReadsAsync(PostgresTestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await PostgresTestDatabase.ExecuteAsync(connection, "begin; lock table subscription in access exclusive mode");
        return connection;
    }

    private static async Task<string> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
