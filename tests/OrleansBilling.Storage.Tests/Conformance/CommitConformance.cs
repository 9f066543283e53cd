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

        // They queue up behind a blocked database and go out together. Every third expects the wrong version.
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
    public async Task Losers_write_nothing_of_any_kind_and_winners_beside_them_everything()
    {
        await Catalogs.AddMarketAsync(Storage);
        await GivenAsync([.. Numbers(24).Select(number => Commit($"sub-{number}"))]);

        // Updates and inserts queue up behind a blocked database and go out together.
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Numbers(24).Select(number => (number % 4) switch
            {
                0 => WithEverything($"sub-{number}", 1, number),
                1 => WithEverything($"sub-{number}", 9, number),
                2 => WithEverything($"sub-{number}", 0, number),
                _ => WithEverything($"new-{number}", 0, number),
            }).Append(Commit("bare")));
        }

        var outcomes = await all;
        var winners = Numbers(24).Where(number => number % 4 is 0 or 3).ToArray();
        Assert.Equal(
            winners.Append(24),
            outcomes.Index().Where(outcome => outcome.Item == CommitOutcome.Committed).Select(outcome => outcome.Index));
        var sum = winners.Sum(number => 1L << number);
        Assert.Equal(sum, Assert.Single(await Storage.Balances.ReadAsync(null, null, null, 10, CancellationToken.None)).Amount);
        Assert.Equal(
            sum, Assert.Single(
                await Storage.Statistics.ReadAsync(
                    new StatisticsFilter(), 0, 1_000, StatisticsGrouping.None, CancellationToken.None)).Value);
        var names = winners.Select(number => number % 4 == 0 ? $"sub-{number}" : $"new-{number}").Order(StringComparer.Ordinal).ToArray();
        var messages = await Storage.Outbox.ReadAsync(null, 100, CancellationToken.None);
        Assert.Equal(names, messages.Select(stored => stored.SubscriptionId).Order(StringComparer.Ordinal));
        Assert.Equal(winners.Length, await Storage.Documents.AssignAsync(100, CancellationToken.None));
        foreach (var name in names)
        {
            Assert.Equal([Invoice(1)], (await Storage.Documents.FindAsync(name, CancellationToken.None)).Keys);
            Assert.Equal(["key"], (await Journal.FindUsageKeysAsync(name, ["key"], CancellationToken.None)).Keys);
        }

        foreach (var number in Numbers(24).Except(winners))
            Assert.Empty((await Journal.FindUsageKeysAsync($"sub-{number}", ["key"], CancellationToken.None)).Keys);
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
            // Event 1 of sub-7 is already stored. Its key cannot be stored twice.
            all = CommitAllAsync(
                Numbers(20).Select(number => number == 7 ? WithEventsOf("sub-7", 1, repeated: 1) : Commit($"sub-{number}")));
        }

        var outcomes = await all;
        Assert.Equal(CommitOutcome.Refused, outcomes[7]);
        Assert.Equal(19, outcomes.Count(outcome => outcome == CommitOutcome.Committed));
        Assert.Equal(1, await VersionOfAsync("sub-7"));
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit("sub-7", expected: 1)));
    }

    /// <summary>Each commit adds a bit of its own, so a sum shows which commits took part.</summary>
    private static JournalCommit WithEverything(string id, long expected, int bit) => Commit(
        id,
        expected,
        balances: [Balance(1L << bit)],
        messages: [Message(expected + 1)],
        documents: [Invoice(1)],
        usageKeys: ["key"],
        deltas: [Delta(1L << bit)]);

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
