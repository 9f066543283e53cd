using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;
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

    [StorageFact]
    public async Task Old_keys_are_found_by_their_day_and_forgotten_or_kept()
    {
        await GivenAsync(Commit("sub-1", usageKeys: ["a", "b", "c"]), Commit("sub-2", usageKeys: ["a"]));

        Assert.Empty(await Storage.UsageKeys.FindOldAsync(Now + Duration.FromDays(1), 10, CancellationToken.None));
        var old = await Storage.UsageKeys.FindOldAsync(Now + Duration.FromDays(2), 10, CancellationToken.None);
        Assert.Equal(
            [new("sub-1", "a"), new("sub-1", "b"), new("sub-1", "c"), new UsageKey("sub-2", "a")],
            old.OrderBy(key => key.SubscriptionId).ThenBy(key => key.Key));
        Assert.Equal(2, (await Storage.UsageKeys.FindOldAsync(Now + Duration.FromDays(2), 2, CancellationToken.None)).Count);

        await Storage.UsageKeys.ForgetAsync([new("sub-1", "a"), new("sub-1", "never")], Now, CancellationToken.None);
        await Storage.UsageKeys.KeepAsync([new("sub-1", "b")], Now + Duration.FromDays(5), CancellationToken.None);
        Assert.Equal(["b", "c"], await FindAsync("sub-1", "a", "b", "c"));
        Assert.Equal(["a"], await FindAsync("sub-2", "a"));
        Assert.DoesNotContain(new UsageKey("sub-1", "b"), await Storage.UsageKeys.FindOldAsync(
            Now + Duration.FromDays(6), 10, CancellationToken.None));
        Assert.Equal(3, (await Storage.UsageKeys.FindOldAsync(Now + Duration.FromDays(7), 10, CancellationToken.None)).Count);
    }

    [StorageFact]
    public async Task Keys_are_kept_for_as_long_as_is_set_and_unique_keys_while_their_period_may_go_on()
    {
        var running = StateOf("sub-1", SubscriptionStatus.Active);
        await GivenAsync(
            Commit("sub-1", usageKeys: ["e/1", "u/users/2/ann", "u/users/3/ann"]) with { State = Encode(running) },
            Commit("sub-2", usageKeys: ["e/1", "u/users/3/ann"]) with { State = Encode(StateOf("sub-2", SubscriptionStatus.Canceled)) });
        var clock = new VirtualClock(Now + Duration.FromDays(90));
        var sweep = new UsageKeySweep(Storage.UsageKeys, Journal, Duration.FromDays(90), clock);

        await sweep.SliceAsync(CancellationToken.None);
        Assert.Equal(3, (await FindAsync("sub-1", "e/1", "u/users/2/ann", "u/users/3/ann")).Length);

        clock.MoveTo(Now + Duration.FromDays(92));
        await sweep.SliceAsync(CancellationToken.None);
        Assert.Equal(["u/users/3/ann"], await FindAsync("sub-1", "e/1", "u/users/2/ann", "u/users/3/ann"));
        Assert.Empty(await FindAsync("sub-2", "e/1", "u/users/3/ann"));

        await GivenAsync(
            Commit("sub-1", expected: 1, usageKeys: ["e/2"]) with { State = Encode(running with { UsageWindow = 4, Version = 2 }) });
        clock.MoveTo(Now + Duration.FromDays(184));
        await sweep.SliceAsync(CancellationToken.None);
        Assert.Empty(await FindAsync("sub-1", "e/2", "u/users/3/ann"));
    }

    [StorageFact]
    public async Task A_slice_forgets_a_bounded_number()
    {
        var state = Encode(StateOf("sub-1", SubscriptionStatus.Active));
        for (var n = 0; n < 3; n++)
            await GivenAsync(
                Commit("sub-1", expected: n, usageKeys: [.. Enumerable.Range(0, 500).Select(m => $"e/{n}-{m}")]) with { State = state });
        var sweep = new UsageKeySweep(Storage.UsageKeys, Journal, Duration.FromDays(1), new VirtualClock(Now + Duration.FromDays(9)));

        Assert.Equal(IUsageKeys.SliceMax, await sweep.SliceAsync(CancellationToken.None));
        Assert.Equal(500L, await Database.QueryAsync<long>("select count(*) from usage_key"));
        Assert.Equal(500, await sweep.SliceAsync(CancellationToken.None));
        Assert.Equal(0L, await Database.QueryAsync<long>("select count(*) from usage_key"));
    }

    /// <summary>
    /// Regression: what was forgotten while fewer days were set was counted again once more were set. A clock that was further ahead is
    /// the same.
    /// </summary>
    [StorageFact]
    public async Task What_was_ever_forgotten_is_a_floor_that_only_rises_and_is_of_one_moment_with_the_keys()
    {
        await GivenAsync(Commit("sub-1", usageKeys: ["e/1", "e/2"]) with { State = Encode(StateOf("sub-1", SubscriptionStatus.Active)) });
        Assert.Null(await FloorAsync());

        // Nothing is old yet, so nothing is forgotten and nothing is refused for it.
        await SweepAsync(days: 30, Now + Duration.FromDays(31));
        Assert.Null(await FloorAsync());

        await SweepAsync(days: 30, Now + Duration.FromDays(32));
        Assert.Empty(await FindAsync("sub-1", "e/1", "e/2"));
        Assert.Equal(Now + Duration.FromDays(2), await FloorAsync());

        await Storage.UsageKeys.ForgetAsync([new("sub-1", "e/3")], Now + Duration.FromDays(1), CancellationToken.None);
        Assert.Equal(Now + Duration.FromDays(2), await FloorAsync());
        await Storage.UsageKeys.ForgetAsync([new("sub-1", "e/3")], Now + Duration.FromDays(3), CancellationToken.None);
        Assert.Equal(Now + Duration.FromDays(3), await FloorAsync());

        async Task<Instant?> FloorAsync() => (await Journal.FindUsageKeysAsync("sub-1", ["e/1"], CancellationToken.None)).Floor;
    }

    private async Task SweepAsync(int days, Instant now) =>
        await new UsageKeySweep(Storage.UsageKeys, Journal, Duration.FromDays(days), new VirtualClock(now))
            .SliceAsync(CancellationToken.None);

    /// <summary>A subscription whose third window of unique keys is open, in a period that ended or ends the day after.</summary>
    private static Subscription StateOf(string id, SubscriptionStatus status) => new()
    {
        Id = id, Version = 1, Status = status, OfferId = "offer-1", OfferVersion = 1, Customer = new Customer("customer-1", null),
        UsageWindow = 3, CurrentPeriod = new BillingPeriod(1, Now, Now + Duration.FromDays(1)),
    };

    private static byte[] Encode(Subscription state) => SubscriptionCodec.Encode(state, CommandMemory.Empty);

    private async Task<string[]> FindAsync(string id, params string[] keys) =>
        [.. (await Journal.FindUsageKeysAsync(id, keys, CancellationToken.None)).Keys.Order(StringComparer.Ordinal)];
}
