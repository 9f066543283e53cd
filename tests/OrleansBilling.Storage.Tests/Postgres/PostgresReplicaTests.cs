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

    private static async Task<CommitOutcome> CommitAsync(PostgresStorage storage, long version) =>
        await storage.Journal.CommitAsync(Commit("sub-1", version), CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    private async Task RequireReplicaAsync(string name)
    {
        await database.ExecuteAsync($"alter system set synchronous_standby_names = '{name}'");
        await database.ExecuteAsync("select pg_reload_conf()");
    }
}
