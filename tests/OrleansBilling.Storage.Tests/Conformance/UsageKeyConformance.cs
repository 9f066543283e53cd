using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class UsageKeyConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task The_keys_that_a_subscription_has_met_are_found()
    {
        await GivenAsync(
            Commit("sub-1", usageKeys: ["a", "b", "\"q\" é"]),
            Commit("sub-1", expected: 1, usageKeys: ["c"]),
            Commit("sub-2", usageKeys: ["a", "x"]));

        Assert.Equal(["\"q\" é", "a", "c"], await FindAsync("sub-1", "c", "x", "\"q\" é", "a", "a", "A"));
        Assert.Equal(["x"], await FindAsync("sub-2", "x", "b"));
        Assert.Empty(await FindAsync("nobody", "a"));
        Assert.Empty(await FindAsync("sub-1"));
    }

    [StorageFact]
    public async Task A_call_looks_for_as_many_keys_as_a_command_can_bring_and_no_more()
    {
        string[] keys = [.. Enumerable.Range(0, BillingStorage.UsageKeysMax).Select(number => $"key-{number:D5}")];
        await GivenAsync(Commit("sub-1", usageKeys: keys));

        Assert.Equal(keys, await FindAsync("sub-1", keys));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => FindAsync("sub-1", [.. keys, "one more"]));
    }

    [StorageFact]
    public async Task A_commit_with_a_key_that_was_met_before_fails_alone_and_whole()
    {
        await GivenAsync(Commit("sub-7", usageKeys: ["met"]));
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Enumerable.Range(0, 20).Select(number => number switch
            {
                7 => Commit("sub-7", expected: 1, usageKeys: ["new", "met"]),
                9 => Commit("sub-9", usageKeys: ["twice", "twice"]),
                _ => Commit($"sub-{number}", usageKeys: ["met"]),
            }));
        }

        var outcomes = await all;
        for (var number = 0; number < 20; number++)
        {
            Assert.Equal(number is 7 or 9 ? CommitOutcome.Refused : CommitOutcome.Committed, outcomes[number]);
            if (number is not (7 or 9)) Assert.Equal(["met"], await FindAsync($"sub-{number}", "met"));
        }

        Assert.Equal(1, await VersionOfAsync("sub-7"));
        Assert.Equal(["met"], await FindAsync("sub-7", "met", "new"));
        Assert.Equal(0, await VersionOfAsync("sub-9"));
        Assert.Equal(CommitOutcome.Committed, await CommitAsync(Commit("sub-7", expected: 1, usageKeys: ["new"])));
    }

    private async Task<string[]> FindAsync(string id, params string[] keys) =>
        [.. (await Journal.FindUsageKeysAsync(id, keys, CancellationToken.None)).Order(StringComparer.Ordinal)];
}
