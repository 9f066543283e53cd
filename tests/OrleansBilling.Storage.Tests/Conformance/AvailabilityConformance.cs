using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class AvailabilityConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private const int QueueMax = 4;
    private const int CommitsMax = 10_000;

    [StorageFact]
    public async Task An_open_storage_is_available()
    {
        Assert.True(await Journal.IsAvailableAsync(CancellationToken.None));
    }

    [StorageFact]
    public async Task Readiness_asks_the_database_once_and_then_believes_the_latest_commits()
    {
        const string Heartbeats = "select cast(value as bigint) from setting where name = 'heartbeats'";
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => Assert.True(await Journal.IsAvailableAsync(CancellationToken.None))));
        Assert.Equal(1, await Database.QueryAsync<long>(Heartbeats));

        await GivenAsync(Commit("sub-1"));
        for (var n = 0; n < 50; n++) Assert.True(await Journal.IsAvailableAsync(CancellationToken.None));
        Assert.Equal(1, await Database.QueryAsync<long>(Heartbeats));
    }

    [StorageFact]
    public async Task Tables_of_a_later_release_are_left_alone()
    {
        await Storage.DisposeAsync();
        await Database.ExecuteAsync("insert into schema_version (version, name) values (9999, '9999_later.sql')");

        var refused = await Assert.ThrowsAsync<SchemaVersionException>(() => Database.OpenAsync());

        Assert.Contains("9999", refused.Message, StringComparison.Ordinal);
        await Database.ExecuteAsync("delete from schema_version where version = 9999");
        Storage = await Database.OpenAsync();
        await GivenAsync(Commit("sub-1"));
    }

    [StorageFact]
    public async Task A_commit_beyond_the_full_queue_is_unavailable_at_once_and_the_accepted_ones_are_written()
    {
        await using var small = await OpenAnewAsync(QueueMax);
        var commits = new List<Task<CommitOutcome>>();
        await using (await Database.BlockCommitsAsync())
        {
            do
            {
                Assert.True(commits.Count < CommitsMax, "The queue was never full.");
                commits.Add(small.Journal.CommitAsync(Commit($"sub-{commits.Count}"), CancellationToken.None).AsTask());
            }
            while (!commits[^1].IsCompleted);
        }

        Assert.Equal(CommitOutcome.Unavailable, await commits[^1]);
        Assert.Null(await small.Journal.LoadAsync($"sub-{commits.Count - 1}", CancellationToken.None));
        Assert.All(await Task.WhenAll(commits[..^1]), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
    }

    [StorageFact]
    public async Task Closing_writes_what_was_accepted_and_then_refuses()
    {
        var commits = Enumerable.Range(0, 500).Select(number => CommitAsync(Commit($"sub-{number}"))).ToArray();

        await Storage.DisposeAsync();

        Assert.All(await Task.WhenAll(commits), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Assert.Equal(CommitOutcome.Unavailable, await CommitAsync(Commit("late")));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => LoadAsync("sub-1"));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Due.ReadNextDueAsync(CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Settings.WriteAsync("name", "value", CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Journal.FindUsageKeysAsync("sub-1", ["key"], CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Balances.ReadAsync(null, null, null, 1, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Storage.Outbox.ReadAsync(null, 1, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Outbox.RemoveAsync(null, [1], CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Storage.Documents.AssignAsync(1, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Documents.FindAsync("sub-1", CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Coupons.ReserveAsync("coupon-1", "sub-1", 1, CancellationToken.None));
        await Assert.ThrowsAsync<JournalUnavailableException>(
            async () => await Storage.Coupons.ReleaseAsync("coupon-1", "sub-1", CancellationToken.None));
        Assert.False(await Journal.IsAvailableAsync(CancellationToken.None));

        await using var again = await Database.OpenAsync();
        for (var number = 0; number < 500; number += 50)
            Assert.NotNull(await again.Journal.LoadAsync($"sub-{number}", CancellationToken.None));
    }

    [StorageFact]
    public async Task Closing_twice_is_harmless()
    {
        await Storage.DisposeAsync();
        await Storage.DisposeAsync();
    }

    [StorageFact]
    public async Task A_caller_that_gives_up_after_handing_in_still_learns_the_outcome()
    {
        using var patience = new CancellationTokenSource();
        Task<CommitOutcome> commit;
        await using (await Database.BlockCommitsAsync())
        {
            commit = Journal.CommitAsync(Commit("sub-1"), patience.Token).AsTask();
            await patience.CancelAsync();
        }

        Assert.Equal(CommitOutcome.Committed, await commit);
        Assert.Equal(1, await VersionOfAsync("sub-1"));
    }

    [StorageFact]
    public async Task A_caller_that_gave_up_before_hands_in_nothing()
    {
        var gone = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Journal.CommitAsync(Commit("sub-1"), gone));

        Assert.Null(await LoadAsync("sub-1"));
    }

    [StorageFact]
    public async Task Pages_are_bounded()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Journal.ReadEventsAsync("sub-1", 0, 0, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Due.ReadDueAsync(0, Now, null, BillingStorage.PageRowsMax + 1, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Storage.Directory.ListAsync(new DirectoryFilter(), null, 0, CancellationToken.None));
    }

    private async Task<BillingStorage> OpenAnewAsync(int commitQueueMax)
    {
        await Storage.DisposeAsync();
        return await Database.OpenAsync(commitQueueMax);
    }
}
