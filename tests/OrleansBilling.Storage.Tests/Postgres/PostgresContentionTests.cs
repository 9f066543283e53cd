using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>
/// What another transaction or a server without writes prevents is not done, is not refused for good, and succeeds later.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresContentionTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task A_lock_that_is_not_free_in_time_fails_one_commit_for_now_and_no_other()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database, "-c lock_timeout=300");
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("locked")));
        await using (await HoldAsync(database))
        {
            var both = await Task.WhenAll(CommitAsync(storage, Commit("locked", 1)), CommitAsync(storage, Commit("free")));
            Assert.Equal([CommitOutcome.Unavailable, CommitOutcome.Committed], both);
        }

        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("locked", 1)));
    }

    [PostgresFact]
    public async Task A_serialization_failure_is_not_taken_for_data_that_cannot_be_stored()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database, "-c default_transaction_isolation=repeatable\\ read");
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("locked")));
        Task<CommitOutcome> committing;
        await using (var holder = await HoldAsync(database))
        {
            committing = CommitAsync(storage, Commit("locked", 1));
            await Eventually.HoldsAsync(async () => await database.QueryAsync<long>("select count(*) from pg_locks where not granted") > 0);
            await using var end = new NpgsqlCommand("commit", holder);
            await end.ExecuteNonQueryAsync();
        }

        Assert.Equal(CommitOutcome.Unavailable, await committing);
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("locked", 1)));
    }

    [PostgresFact]
    public async Task A_database_that_takes_no_writes_acknowledges_nothing_still_reads_and_goes_on_by_itself()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database, "");
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("sub")));

        await SetReadOnlyAsync(database, "on");
        await Eventually.EqualAsync(CommitOutcome.Unavailable, () => CommitAsync(storage, Commit("sub", 1)));
        Assert.False(await storage.Journal.IsAvailableAsync(CancellationToken.None));
        Assert.Equal(1, (await storage.Journal.LoadAsync("sub", CancellationToken.None))!.Version);

        await SetReadOnlyAsync(database, "off");
        await Eventually.EqualAsync(CommitOutcome.Committed, () => CommitAsync(storage, Commit("sub", 1)));
        await Eventually.HoldsAsync(async () => await storage.Journal.IsAvailableAsync(CancellationToken.None));
    }

    /// <summary>One lane, so that commits that are made together share a batch.</summary>
    private static Task<PostgresStorage> OpenAsync(PostgresTestDatabase database, string settings)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = settings };
        return PostgresTestDatabase.OpenAsync(database.Options with { ConnectionString = connection.ConnectionString, CommitLanes = 1 });
    }

    private static Task<CommitOutcome> CommitAsync(PostgresStorage storage, JournalCommit commit) =>
        storage.Journal.CommitAsync(commit, CancellationToken.None).AsTask();

    /// <summary>A transaction that has changed the row of the subscription "locked".</summary>
    private static async Task<NpgsqlConnection> HoldAsync(PostgresTestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("begin; update subscription set due_at = due_at where id = 'locked'", connection);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        return connection;
    }

    /// <summary>For all sessions, old ones included: they are ended. From another database, which stays writable.</summary>
    private static async Task SetReadOnlyAsync(PostgresTestDatabase database, string value)
    {
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var name = builder.Database;
        builder.Database = "postgres";
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            alter database {name} set default_transaction_read_only = {value};
            select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}';
            """,
            connection);
        await command.ExecuteNonQueryAsync();
    }
}
