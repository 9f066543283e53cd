using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class ReadConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task An_unknown_subscription_is_null()
    {
        Assert.Null(await LoadAsync("nobody"));
        Assert.Null(await LoadAsync("no\0body"));
    }

    [StorageFact]
    public async Task Concurrent_loads_each_get_their_own_subscription()
    {
        await GivenAsync([.. Enumerable.Range(0, 100).Select(number => Commit($"sub-{number}"))]);

        var ids = Enumerable.Range(0, 1_000).Select(number => $"sub-{number % 125}").ToArray();
        var loaded = await Task.WhenAll(ids.Select(id => Task.Run(() => LoadAsync(id))));

        for (var index = 0; index < ids.Length; index++)
        {
            if (index % 125 >= 100) Assert.Null(loaded[index]);
            else Assert.Equal(Text(Json($"{ids[index]} at 1")), Text(loaded[index]!.State));
        }
    }

    [StorageFact]
    public async Task A_load_sees_the_commit_that_was_just_acknowledged()
    {
        for (var version = 0; version < 50; version++)
        {
            await GivenAsync(Commit("sub-1", version));
            Assert.Equal(version + 1, await VersionOfAsync("sub-1"));
        }
    }

    [StorageFact]
    public async Task Events_come_in_order_page_by_page()
    {
        await GivenAsync(Commit("sub-1", events: 4), Commit("sub-1", expected: 4, events: 8), Commit("sub-2", events: 3));

        var first = await Journal.ReadEventsAsync("sub-1", 0, 5, CancellationToken.None);
        var second = await Journal.ReadEventsAsync("sub-1", first[^1].Sequence, 5, CancellationToken.None);
        var third = await Journal.ReadEventsAsync("sub-1", second[^1].Sequence, 5, CancellationToken.None);

        Assert.Equal([5, 5, 2], [first.Count, second.Count, third.Count]);
        var sequence = 0L;
        foreach (var stored in first.Concat(second).Concat(third))
        {
            var expected = Event("sub-1", ++sequence);
            Assert.Equal(
                (expected.Sequence, expected.At, expected.Type, Text(expected.Data)),
                (stored.Sequence, stored.At, stored.Type, Text(stored.Data)));
        }

        Assert.Empty(await Journal.ReadEventsAsync("sub-1", 12, 5, CancellationToken.None));
        Assert.Empty(await Journal.ReadEventsAsync("nobody", 0, 5, CancellationToken.None));
    }

    [StorageFact]
    public async Task Due_work_comes_by_time_and_id_with_its_snapshot()
    {
        // All in one group in either database.
        await GivenAsync(
            Commit("sub-bw", dueAt: Later(1)),
            Commit("sub-ad", dueAt: Later(1)),
            Commit("sub-Zn", dueAt: Later(1)),
            Commit("sub-di", dueAt: Later(0)),
            Commit("sub-ch", dueAt: Later(2)),
            Commit("sub-dn"),
            Commit("sub-eb", dueAt: Later(3)));

        var due = await ReadDueAsync(Later(2));

        Assert.Equal(["sub-di", "sub-Zn", "sub-ad", "sub-bw", "sub-ch"], due.Select(row => row.Stored.SubscriptionId));
        Assert.Equal([Later(0), Later(1), Later(1), Later(1), Later(2)], due.Select(row => row.DueAt));
        Assert.All(due, row => Assert.Equal(Text(Json($"{row.Stored.SubscriptionId} at 1")), Text(row.Stored.State)));
        Assert.All(due, row => Assert.Equal(1, row.Stored.Version));
    }

    [StorageFact]
    public async Task A_due_scan_goes_on_behind_its_cursor()
    {
        var ids = Enumerable.Range(0, 10).Select(number => $"sub-{number}").ToArray();
        await GivenAsync([.. ids.Select((id, index) => Commit(id, dueAt: Later(index / 4)))]);

        var seen = (await ReadDueAsync(Later(9), limit: 3)).Select(row => row.Stored.SubscriptionId);

        Assert.Equal(ids, seen.Order());
    }

    [StorageFact]
    public async Task A_commit_moves_and_clears_the_due_time()
    {
        await GivenAsync(Commit("sub-1", dueAt: Later(1)), Commit("sub-2", dueAt: Later(2)));
        Assert.Equal(Later(1), await Due.ReadNextDueAsync(CancellationToken.None));

        await GivenAsync(Commit("sub-1", expected: 1, dueAt: Later(5)));
        Assert.Equal(Later(2), await Due.ReadNextDueAsync(CancellationToken.None));
        Assert.Equal(["sub-2"], (await ReadDueAsync(Later(4))).Select(row => row.Stored.SubscriptionId));

        await GivenAsync(Commit("sub-1", expected: 2), Commit("sub-2", expected: 1));
        Assert.Null(await Due.ReadNextDueAsync(CancellationToken.None));
        Assert.Empty(await ReadDueAsync(Later(9)));
    }

    private static Instant Later(int days) => Now + Duration.FromDays(days);
}
