using System.Collections.Concurrent;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresOutageTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Callers = 64;

    /// <summary>The longest that any call may take, whatever happens to the server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Leaves the server running for the next test, whatever happened in this one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!postgres.Server.IsRunning) await postgres.Server.StartAsync();
    }

    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stops_under_load_hangs_nobody_and_loses_nothing_that_was_acknowledged(bool inGoodOrder)
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        var outcomes = new ConcurrentBag<CommitOutcome>();
        using var ending = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers)
            .Select(number => Task.Run(() => LiveAsync(storage.Journal, $"sub-{number}", outcomes, ending.Token)))
            .ToArray();

        await Eventually.HoldsAsync(() => Committed() > 500);
        await (inGoodOrder ? postgres.Server.StopAsync() : postgres.Server.KillAsync());
        await Eventually.HoldsAsync(() => outcomes.Any(outcome => outcome is CommitOutcome.Unknown or CommitOutcome.Unavailable));
        await postgres.Server.StartAsync();
        var atRestart = Committed();
        await Eventually.HoldsAsync(() => Committed() > atRestart + 500);
        await ending.CancelAsync();
        var acknowledged = await Task.WhenAll(callers);

        Assert.DoesNotContain(CommitOutcome.Conflict, outcomes);
        for (var number = 0; number < Callers; number++)
        {
            var stored = await storage.Journal.LoadAsync($"sub-{number}", CancellationToken.None);
            Assert.Equal(acknowledged[number], stored!.Version);
            var events = await storage.Journal.ReadEventsAsync($"sub-{number}", 0, 10_000, CancellationToken.None);
            Assert.Equal(
                Enumerable.Range(1, (int)stored.Version).Select(sequence => (long)sequence), events.Select(found => found.Sequence));
        }

        int Committed() => outcomes.Count(outcome => outcome == CommitOutcome.Committed);
    }

    [PostgresFact]
    public async Task While_the_server_is_down_everything_is_refused_soon_and_afterwards_all_goes_on_by_itself()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("sub-1")));
        Assert.NotNull(await storage.Journal.LoadAsync("sub-1", CancellationToken.None));

        await postgres.Server.StopAsync();
        await Eventually.EqualAsync(CommitOutcome.Unavailable, () => CommitAsync(storage, Commit("sub-2")));
        Assert.Equal(CommitOutcome.Unavailable, await CommitAsync(storage, Commit("sub-3")));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => storage.Journal.LoadAsync("sub-1", CancellationToken.None).AsTask().WaitAsync(Patience));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => storage.Due.ReadNextDueAsync(CancellationToken.None).AsTask().WaitAsync(Patience));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => storage.Catalog.FindPlanAsync("plan-1", CancellationToken.None).AsTask().WaitAsync(Patience));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => storage.Settings.WriteAsync("a", "b", CancellationToken.None).AsTask().WaitAsync(Patience));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => PostgresTestDatabase.OpenAsync(database.Options));
        Assert.False(await storage.Journal.IsAvailableAsync(CancellationToken.None));

        await postgres.Server.StartAsync();
        await Eventually.EqualAsync(CommitOutcome.Committed, () => CommitAsync(storage, Commit("sub-4")));
        Assert.True(await storage.Journal.IsAvailableAsync(CancellationToken.None));

        // Each lane reconnects by itself.
        Assert.Equal(0, await ReloadAsync(storage.Journal, "sub-3"));
    }

    [PostgresFact]
    public async Task A_storage_can_be_closed_while_the_server_is_down()
    {
        var database = await postgres.CreateAsync();
        var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        await postgres.Server.StopAsync();

        var commits = Enumerable.Range(0, 50).Select(number => CommitAsync(storage, Commit($"sub-{number}"))).ToArray();
        await storage.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.All(await Task.WhenAll(commits), outcome => Assert.True(outcome is CommitOutcome.Unavailable or CommitOutcome.Unknown));
    }

    [PostgresFact]
    public async Task A_statement_that_takes_too_long_is_of_unknown_outcome_and_its_lane_goes_on()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(
            database.Options with { CommandTimeout = TimeSpan.FromSeconds(2), CommitLanes = 1 });

        // The lane is connected before the block. A lane that cannot connect would know that nothing was written.
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(storage, Commit("sub-0")));
        await using (await database.BlockCommitsAsync()) Assert.Equal(CommitOutcome.Unknown, await CommitAsync(storage, Commit("sub-1")));

        var next = 2;
        await Eventually.EqualAsync(CommitOutcome.Committed, () => CommitAsync(storage, Commit($"sub-{next++}")));
    }

    private static async Task<CommitOutcome> CommitAsync(PostgresStorage storage, JournalCommit commit) =>
        await storage.Journal.CommitAsync(commit, CancellationToken.None).AsTask().WaitAsync(Patience);

    /// <summary>
    /// A caller that behaves like the runtime: it advances its version only on acknowledged commits and reloads after any other outcome.
    /// Returns the version last acknowledged or reloaded.
    /// </summary>
    private static async Task<long> LiveAsync(IJournal journal, string id, ConcurrentBag<CommitOutcome> outcomes, CancellationToken ending)
    {
        var version = 0L;
        while (!ending.IsCancellationRequested)
        {
            var outcome = await journal.CommitAsync(Commit(id, version), CancellationToken.None).AsTask()
                .WaitAsync(Patience, CancellationToken.None);
            outcomes.Add(outcome);
            if (outcome == CommitOutcome.Committed)
            {
                version++;
                continue;
            }

            var found = await ReloadAsync(journal, id);
            Assert.True(
                outcome == CommitOutcome.Unknown ? found == version || found == version + 1 : found == version,
                $"{id} at {version}: {outcome}, but {found} is stored.");
            version = found;
        }

        return version;
    }

    private static async Task<long> ReloadAsync(IJournal journal, string id) =>
        (await Eventually.ReadAsync(() => TryLoadAsync(journal, id), version => version is not null))!.Value;

    private static async Task<long?> TryLoadAsync(IJournal journal, string id)
    {
        try
        {
            return (await journal.LoadAsync(id, CancellationToken.None).AsTask().WaitAsync(Patience))?.Version ?? 0;
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }
}
