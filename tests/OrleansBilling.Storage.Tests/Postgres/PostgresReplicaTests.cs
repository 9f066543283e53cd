using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>
/// The server requires a synchronous replica that does not exist. A commit is then on its disk, but it must not count: if this server
/// is lost, the replica takes over without it.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresReplicaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private PostgresTestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.SkipReason is null) database = await postgres.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await RequireReplicaAsync("");
    }

    [PostgresFact]
    public async Task While_the_replica_is_lost_nothing_is_acknowledged_or_seen_however_often_it_is_repeated()
    {
        await using var storage = await PostgresTestDatabase.OpenAsync(
            database.Options with { CommandTimeout = TimeSpan.FromSeconds(1), CommitLanes = 1 });
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, 0));
        var version = 1L;
        await RequireReplicaAsync("nobody");
        var outcome = await CommitAsync(storage, version);
        for (; outcome == CommitOutcome.Committed; outcome = await CommitAsync(storage, version)) version++;

        Assert.Equal(CommitOutcome.Unknown, outcome);
        Assert.Equal(CommitOutcome.Unavailable, await CommitAsync(storage, version));
        Assert.Equal(version, (await storage.Journal.LoadAsync("sub-1", CancellationToken.None))!.Version);
        Assert.False(await storage.Journal.IsAvailableAsync(CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => storage.Settings.WriteAsync("a", "b", CancellationToken.None).AsTask());
        Assert.Equal(CommitOutcome.Unavailable, await CommitAsync(storage, version));
        Assert.Equal(version, (await storage.Journal.LoadAsync("sub-1", CancellationToken.None))!.Version);

        // The operator gives the replica up: the commit that waited is done, once, and all goes on by itself.
        await RequireReplicaAsync("");
        await Eventually.EqualAsync(CommitOutcome.Committed, () => CommitAsync(storage, version + 1));
        Assert.Equal(version + 2, (await storage.Journal.LoadAsync("sub-1", CancellationToken.None))!.Version);
        Assert.True(await storage.Journal.IsAvailableAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task Nor_is_a_rare_write_seen_that_the_replica_lacks_and_its_repeat_is_refused_at_once()
    {
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options with { CommandTimeout = TimeSpan.FromSeconds(1) });
        await RequireReplicaAsync("nobody");
        var waiting = await WriteUntilOneWaitsAsync(storage);

        Assert.Null(await storage.Settings.ReadAsync(waiting, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => WriteAsync(storage, waiting));
        Assert.Null(await storage.Settings.ReadAsync(waiting, CancellationToken.None));
        Assert.Equal(1, await CountWaitingAsync());

        await RequireReplicaAsync("");
        await Eventually.EqualAsync("written", async () => await storage.Settings.ReadAsync(waiting, CancellationToken.None));
        await Eventually.HoldsAsync(what: "writes are taken again", condition: async () =>
        {
            try
            {
                await WriteAsync(storage, "after");
                return true;
            }
            catch (JournalUnavailableException)
            {
                return false;
            }
        });
        Assert.Equal("written", await storage.Settings.ReadAsync("after", CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_caller_who_gives_up_does_not_make_a_write_seen_that_the_replica_lacks()
    {
        await using var storage = await database.OpenAsync();
        await using var other = await PostgresTestDatabase.OpenAsync(database.Options with { CommandTimeout = TimeSpan.FromSeconds(1) });
        await RequireReplicaAsync("nobody");
        await WriteUntilOneWaitsAsync(other);
        using var gone = new CancellationTokenSource();
        var writing = storage.Settings.WriteAsync("given up", "written", gone.Token).AsTask();
        await Eventually.EqualAsync(2, CountWaitingAsync);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Null(await storage.Settings.ReadAsync("given up", CancellationToken.None));
        await RequireReplicaAsync("");
        await Eventually.EqualAsync("written", async () => await storage.Settings.ReadAsync("given up", CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_storage_can_be_closed_while_a_commit_waits_for_the_replica()
    {
        var storage = await PostgresTestDatabase.OpenAsync(
            database.Options with { CommandTimeout = TimeSpan.FromSeconds(1), CommitLanes = 1 });
        await RequireReplicaAsync("nobody");
        var version = 0L;
        while (await CommitAsync(storage, version) == CommitOutcome.Committed) version++;

        await storage.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        await RequireReplicaAsync("");
        await using var next = await PostgresTestDatabase.OpenAsync(database.Options);
        await Eventually.EqualAsync(CommitOutcome.Committed, () => CommitAsync(next, version + 1));
    }

    /// <summary>The server takes its new setting a moment later. Returns the name of the write that waits.</summary>
    private static async Task<string> WriteUntilOneWaitsAsync(PostgresStorage storage)
    {
        for (var n = 0; ; n++)
        {
            try
            {
                await WriteAsync(storage, $"setting-{n}");
            }
            catch (JournalUnavailableException)
            {
                return $"setting-{n}";
            }
        }
    }

    private static Task WriteAsync(PostgresStorage storage, string name) =>
        storage.Settings.WriteAsync(name, "written", CancellationToken.None).AsTask();

    private static async Task<CommitOutcome> CommitAsync(PostgresStorage storage, long version) =>
        await storage.Journal.CommitAsync(Commit("sub-1", version), CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    private Task<long> CountWaitingAsync() => database.QueryAsync<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'SyncRep'");

    private async Task RequireReplicaAsync(string name)
    {
        await database.ExecuteAsync($"alter system set synchronous_standby_names = '{name}'");
        await database.ExecuteAsync("select pg_reload_conf()");
    }
}
