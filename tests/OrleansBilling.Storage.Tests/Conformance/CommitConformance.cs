using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class CommitConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task A_new_subscription_is_stored_whole()
    {
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit("sub-1", events: 3)));

        var stored = await LoadAsync("sub-1");
        Assert.NotNull(stored);
        Assert.Equal("sub-1", stored.SubscriptionId);
        Assert.Equal(3, stored.Version);
        Assert.Equal(Text(Json("sub-1 at 3")), Text(stored.State));
    }

    [StorageFact]
    public async Task A_commit_moves_the_version_that_it_expects()
    {
        await GivenAsync(Commit("sub-1"));

        Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit("sub-1", expected: 1, events: 2)));

        var stored = await LoadAsync("sub-1");
        Assert.Equal(3, stored!.Version);
        Assert.Equal(Text(Json("sub-1 at 3")), Text(stored.State));
    }

    [StorageFact]
    public async Task A_commit_that_expects_another_version_is_a_conflict_and_writes_nothing()
    {
        await GivenAsync(Commit("sub-1"), Commit("sub-1", expected: 1));

        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(Commit("sub-1", expected: 1, events: 5, state: "late")));

        Assert.Equal(2, await VersionOfAsync("sub-1"));
        Assert.Equal(2, (await Journal.ReadEventsAsync("sub-1", 0, 100, CancellationToken.None)).Count);
    }

    [StorageFact]
    public async Task A_commit_to_a_subscription_that_does_not_exist_is_a_conflict()
    {
        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(Commit("sub-1", expected: 7)));
        Assert.Null(await LoadAsync("sub-1"));
    }

    [StorageFact]
    public async Task Creating_what_exists_is_a_conflict_and_writes_nothing()
    {
        await GivenAsync(Commit("sub-1"));

        Assert.Equal(CommitOutcome.Conflict, await CommitAsync(Commit("sub-1", state: "again")));

        Assert.Equal(Text(Json("sub-1 at 1")), Text((await LoadAsync("sub-1"))!.State));
        Assert.Single(await Journal.ReadEventsAsync("sub-1", 0, 100, CancellationToken.None));
    }

    [StorageFact]
    public async Task A_new_subscription_without_directory_entry_is_an_error_of_the_caller()
    {
        var commit = Commit("sub-1");
        var without = new JournalCommit
        {
            SubscriptionId = commit.SubscriptionId,
            ExpectedVersion = 0,
            NewVersion = 1,
            State = commit.State,
            DueAt = null,
            Events = commit.Events,
            Directory = null,
            Deltas = [],
        };

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(without));
    }

    [StorageFact]
    public async Task Losers_in_a_batch_sink_nobody_else()
    {
        await GivenAsync([.. Numbers(20).Select(number => Commit($"sub-{number}"))]);

        // Gathered behind a blocked database, they go out together: every third expects the wrong version.
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Numbers(20).Select(number => Commit($"sub-{number}", expected: number % 3 == 0 ? 9 : 1))
                .Concat(Numbers(20).Select(number => Commit($"new-{number}", expected: number % 3 == 0 ? 9 : 0))));
        }

        var outcomes = await all;
        Assert.Equal(
            Numbers(20).Concat(Numbers(20)).Select(number => number % 3 == 0 ? CommitOutcome.Conflict : CommitOutcome.Committed),
            outcomes);
        foreach (var number in Numbers(20))
        {
            Assert.Equal(number % 3 == 0 ? 1 : 2, await VersionOfAsync($"sub-{number}"));
            Assert.Equal(number % 3 == 0 ? 0 : 1, await VersionOfAsync($"new-{number}"));
            Assert.Equal(number % 3 == 0 ? 1 : 2, (await Journal.ReadEventsAsync($"sub-{number}", 0, 9, CancellationToken.None)).Count);
            Assert.Equal(number % 3 == 0 ? 0 : 1, (await Journal.ReadEventsAsync($"new-{number}", 0, 9, CancellationToken.None)).Count);
        }
    }

    [StorageFact]
    public async Task Two_hundred_concurrent_lives_of_five_commits_each_are_all_stored()
    {
        var lives = Numbers(200).Select(number => Task.Run(async () =>
        {
            for (var version = 0; version < 5; version++)
                Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit($"sub-{number}", version)));
        }));
        await Task.WhenAll(lives);

        foreach (var number in Numbers(200)) Assert.Equal(5, await VersionOfAsync($"sub-{number}"));
    }

    [StorageFact]
    public async Task Of_many_commits_that_expect_the_same_version_one_wins()
    {
        await GivenAsync(Commit("sub-1"));

        var outcomes = await CommitAllAsync(Numbers(50).Select(number => Commit("sub-1", expected: 1, state: $"writer {number}")));

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(49, outcomes.Count(outcome => outcome == CommitOutcome.Conflict));
        Assert.Equal(2, await VersionOfAsync("sub-1"));
    }

    [StorageFact]
    public async Task A_commit_that_the_database_refuses_fails_alone()
    {
        await GivenAsync(Commit("sub-7"));
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            // Event 1 of sub-7 is stored already; its key cannot be stored twice.
            all = CommitAllAsync(Numbers(20).Select(number => number == 7 ? WithEventsOf("sub-7", 1, repeated: 1) : Commit($"sub-{number}")));
        }

        var outcomes = await all;
        Assert.Equal(CommitOutcome.Unavailable, outcomes[7]);
        Assert.Equal(19, outcomes.Count(outcome => outcome == CommitOutcome.Committed));
        Assert.Equal(1, await VersionOfAsync("sub-7"));
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit("sub-7", expected: 1)));
    }

    private static JournalCommit WithEventsOf(string id, long expected, long repeated) => new()
    {
        SubscriptionId = id,
        ExpectedVersion = expected,
        NewVersion = expected + 1,
        State = Json("refused"),
        DueAt = null,
        Events = [Event(id, repeated)],
        Directory = null,
        Deltas = [],
    };

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);
}
