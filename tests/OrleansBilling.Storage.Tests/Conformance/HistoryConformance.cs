using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Usage;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Histories with usage: pages, their limits, reading without usage, and checkpoints.</summary>
public abstract class HistoryConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly int EventBytes = Event("sub-1", 1).Data.Length;

    [StorageFact]
    public async Task Usage_and_all_else_come_in_one_order()
    {
        await GivenAsync(History("sub-1", "e u u e u e e u u u"), History("sub-2", "e u"));

        var pages = await ReadAllAsync("sub-1", new EventRange(0, 3));

        Assert.Equal([3, 3, 3, 1], pages.Select(page => page.Events.Count));
        Assert.Equal([true, true, true, false], pages.Select(page => page.HasMore));
        var sequence = 0L;
        foreach (var stored in pages.SelectMany(page => page.Events))
        {
            var written = Event("sub-1", ++sequence);
            Assert.Equal((written.Sequence, written.At, Text(written.Data)), (stored.Sequence, stored.At, Text(stored.Data)));
            Assert.Equal(sequence is 2 or 3 or 5 or >= 8, stored.IsUsage);
        }

        Assert.Equal(10, sequence);
    }

    [StorageFact]
    public async Task Usage_can_be_left_out()
    {
        await GivenAsync(History("sub-1", "u e u u e u e"));

        var pages = await ReadAllAsync("sub-1", new EventRange(0, 2) { WithoutUsage = true });

        Assert.Equal(["2 5", "7"], pages.Select(page => string.Join(' ', page.Events.Select(stored => stored.Sequence))));
        Assert.Equal([true, false], pages.Select(page => page.HasMore));
    }

    [StorageFact]
    public async Task A_page_that_is_just_full_knows_whether_more_follows()
    {
        await GivenAsync(History("sub-1", "e u e u"));

        Assert.False((await Journal.ReadEventsAsync("sub-1", new EventRange(0, 4), CancellationToken.None)).HasMore);
        Assert.True((await Journal.ReadEventsAsync("sub-1", new EventRange(0, 3), CancellationToken.None)).HasMore);
        Assert.Equal([], (await Journal.ReadEventsAsync("sub-1", new EventRange(4, 3), CancellationToken.None)).Events);
        Assert.False((await Journal.ReadEventsAsync("sub-1", new EventRange(4, 3), CancellationToken.None)).HasMore);
    }

    [StorageFact]
    public async Task A_page_ends_before_the_event_that_would_make_it_too_large()
    {
        await GivenAsync(History("sub-1", "e u e u u"));

        var exact = await ReadAllAsync("sub-1", new EventRange(0, 9) { BytesMax = 2 * EventBytes });
        var less = await ReadAllAsync("sub-1", new EventRange(0, 9) { BytesMax = (2 * EventBytes) - 1 });

        Assert.Equal([2, 2, 1], exact.Select(page => page.Events.Count));
        Assert.Equal([1, 1, 1, 1, 1], less.Select(page => page.Events.Count));
        Assert.Equal([true, true, true, true, false], less.Select(page => page.HasMore));
    }

    [StorageFact]
    public async Task An_event_that_is_larger_than_a_page_comes_alone()
    {
        await GivenAsync(History("sub-1", "e u e"));

        var pages = await ReadAllAsync("sub-1", new EventRange(0, 9) { BytesMax = 1 });

        Assert.Equal([1L, 2, 3], pages.Select(page => Assert.Single(page.Events).Sequence));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Journal.ReadEventsAsync("sub-1", new EventRange(0, 9) { BytesMax = 0 }, CancellationToken.None));
    }

    [StorageFact]
    public async Task The_last_checkpoint_at_or_before_a_point_is_found()
    {
        await GivenAsync(
            History("sub-1", "e e", checkpoint: "at 2"), History("sub-1", "u", expected: 2),
            History("sub-1", "u u", expected: 3, checkpoint: "at 5"),
            History("sub-2", "e", checkpoint: "of another"));

        Assert.Null(await FindAsync(new HistoryPoint.AtVersion(1)));
        Assert.Equal((2, "at 2"), await FindAsync(new HistoryPoint.AtVersion(2)));
        Assert.Equal((2, "at 2"), await FindAsync(new HistoryPoint.AtVersion(4)));
        Assert.Equal((5, "at 5"), await FindAsync(new HistoryPoint.AtVersion(long.MaxValue)));
        Assert.Null(await FindAsync(new HistoryPoint.AsOf(Event("sub-1", 2).At - Duration.FromMilliseconds(1))));
        Assert.Equal((2, "at 2"), await FindAsync(new HistoryPoint.AsOf(Event("sub-1", 2).At)));
        Assert.Equal((2, "at 2"), await FindAsync(new HistoryPoint.AsOf(Event("sub-1", 4).At)));
        Assert.Equal((5, "at 5"), await FindAsync(new HistoryPoint.AsOf(Event("sub-1", 5).At)));
        Assert.Equal((5, "at 5"), await FindAsync(new HistoryPoint.AsOf(Now + Duration.FromDays(9_000))));
    }

    [StorageFact]
    public async Task Checkpoints_are_put_into_an_old_history_once()
    {
        await GivenAsync(History("sub-1", "e u u"));
        Checkpoint[] missing = [
            .. Enumerable.Range(1, Checkpoint.BatchMax)
            .Select(number => new Checkpoint(number, Event("sub-1", number).At, Json($"at {number}")))];

        await Journal.WriteCheckpointsAsync("sub-1", missing, CancellationToken.None);
        await Journal.WriteCheckpointsAsync("sub-1", [new Checkpoint(2, Now, Json("another"))], CancellationToken.None);

        Assert.Equal((2, "at 2"), await FindAsync(new HistoryPoint.AtVersion(2)));
        Assert.Equal((Checkpoint.BatchMax, $"at {Checkpoint.BatchMax}"), await FindAsync(new HistoryPoint.AtVersion(long.MaxValue)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Journal.WriteCheckpointsAsync("sub-1", [.. missing, missing[0]], CancellationToken.None));
    }

    [StorageFact]
    public async Task A_commit_that_loses_leaves_neither_usage_nor_a_checkpoint()
    {
        await GivenAsync(History("sub-0", "e"), History("sub-1", "e u"));
        Task<CommitOutcome[]> all;
        await using (await Database.BlockCommitsAsync())
        {
            all = CommitAllAsync(Enumerable.Range(0, 20).Select(number => number switch
            {
                0 => History("sub-0", "u u", expected: 1, checkpoint: "won"),
                1 => History("sub-1", "u u", expected: 1, checkpoint: "lost"),
                _ => History($"sub-{number}", "e u"),
            }));
        }

        Assert.Equal(CommitOutcome.Conflict, (await all)[1]);
        Assert.Equal(3, (await Journal.ReadEventsAsync("sub-0", new EventRange(0, 9), CancellationToken.None)).Events.Count);
        Assert.Equal(2, (await Journal.ReadEventsAsync("sub-1", new EventRange(0, 9), CancellationToken.None)).Events.Count);
        Assert.Equal((3, "won"), await FindAsync(new HistoryPoint.AtVersion(9), "sub-0"));
        Assert.Null(await FindAsync(new HistoryPoint.AtVersion(9)));
    }

    /// <summary>Earlier releases stored usage among the other events.</summary>
    [StorageFact]
    public async Task Usage_of_an_older_program_is_read_where_it_is_and_then_moved()
    {
        await GivenAsync(History("sub-1", "e u u e u"), History("sub-2", "e"), History("sub-3", "u e", usageKeys: ["e/1"]));
        await Database.ExecuteAsync(
            "insert into event (subscription_id, sequence, at, type, data) select subscription_id, sequence, at, 'usage_recorded', data " +
            "from usage_event where sequence <> 5");
        await Database.ExecuteAsync("delete from usage_event where sequence <> 5");
        await Database.ExecuteAsync("insert into usage_key (subscription_id, key) values ('sub-1', 'e/1')");
        await Database.ExecuteAsync($"delete from setting where name = '{UsageMove.Setting}'");
        await CheckAsync();

        await using (var again = await Database.ReopenAsync(Storage))
        {
            await again.MoveUsageAsync(CancellationToken.None);
        }

        Storage = await Database.OpenAsync();
        await CheckAsync();
        Assert.Equal(0L, await Database.QueryAsync<long>("select count(*) from event where type = 'usage_recorded'"));
        Assert.Equal(4L, await Database.QueryAsync<long>("select count(*) from usage_event"));
        Assert.Equal(UsageMove.Everyone, await Storage.Settings.ReadAsync(UsageMove.Setting, CancellationToken.None));

        async Task CheckAsync()
        {
            Assert.Equal("1e 2u 3u 4e 5u", await ReadAsync("sub-1", withoutUsage: false));
            Assert.Equal("1e 4e", await ReadAsync("sub-1", withoutUsage: true));
            Assert.Equal("1u 2e", await ReadAsync("sub-3", withoutUsage: false));
            Assert.Equal("2e", await ReadAsync("sub-3", withoutUsage: true));
            Assert.Equal(8L, await Database.QueryAsync<long>("select count(*) from history"));
        }
    }

    [StorageFact]
    public async Task Moving_goes_on_slice_by_slice_where_it_stopped()
    {
        await GivenAsync(History("sub-1", "e", usageKeys: ["e/1"]), History("sub-2", "e", usageKeys: ["e/1"]));
        await Database.ExecuteAsync(
            """
            with recursive number (n) as (select 2 union all select n + 1 from number where n < 2501)
            insert into event (subscription_id, sequence, at, type, data)
            select e.subscription_id, n, at, 'usage_recorded', '{}' from event as e cross join number where e.sequence = 1
            """);
        await Database.ExecuteAsync($"delete from setting where name = '{UsageMove.Setting}'");
        await Storage.Settings.WriteAsync(UsageMove.Setting, "sub-1", CancellationToken.None);

        await using (var again = await Database.ReopenAsync(Storage))
        {
            await again.MoveUsageAsync(CancellationToken.None);
        }

        Storage = await Database.OpenAsync();
        Assert.Equal(
            2_500L, await Database.QueryAsync<long>(
                "select count(*) from event where type = 'usage_recorded' and subscription_id = 'sub-1'"));
        Assert.Equal(2_500L, await Database.QueryAsync<long>("select count(*) from usage_event where subscription_id = 'sub-2'"));
        Assert.Equal(2_501, (await Journal.ReadEventsAsync("sub-1", 0, 9_999, CancellationToken.None)).Count);
        Assert.Equal(2_501, (await Journal.ReadEventsAsync("sub-2", 0, 9_999, CancellationToken.None)).Count);
    }

    /// <summary>A commit of events ("e") and usage ("u").</summary>
    private static JournalCommit History(string id, string events, long expected = 0, string? checkpoint = null, string[]? usageKeys = null)
    {
        var kinds = events.Split(' ');
        var commit = Commit(id, expected, kinds.Length, usageKeys: usageKeys);
        return new JournalCommit
        {
            SubscriptionId = id,
            ExpectedVersion = expected,
            NewVersion = commit.NewVersion,
            State = commit.State,
            DueAt = null,
            Events = [
                .. commit.Events.Select((stored, index) => kinds[index] == "u" ? stored with { Type = StoredEvent.UsageType } : stored)],
            Directory = commit.Directory,
            Deltas = [],
            UsageKeys = commit.UsageKeys,
            Checkpoint = checkpoint is null ? null : Json(checkpoint),
        };
    }

    private async Task<List<StoredEventPage>> ReadAllAsync(string id, EventRange range)
    {
        var pages = new List<StoredEventPage>();
        do
        {
            pages.Add(await Journal.ReadEventsAsync(id, range, CancellationToken.None));
            range = range with { After = pages[^1].Events[^1].Sequence };
        }
        while (pages[^1].HasMore);
        return pages;
    }

    private async Task<string> ReadAsync(string id, bool withoutUsage)
    {
        var page = await Journal.ReadEventsAsync(id, new EventRange(0, 100) { WithoutUsage = withoutUsage }, CancellationToken.None);
        return string.Join(' ', page.Events.Select(stored => $"{stored.Sequence}{(stored.IsUsage ? 'u' : 'e')}"));
    }

    private async Task<(long Sequence, string Text)?> FindAsync(HistoryPoint until, string id = "sub-1")
    {
        if (await Journal.FindCheckpointAsync(id, until, CancellationToken.None) is not { } found) return null;
        Assert.Equal(Event(id, found.Sequence).At, found.At);
        return (found.Sequence,
            Text(found.State)
                .Replace("{\"text\":\"", "", StringComparison.Ordinal)
                .Replace(" äöü €\"}", "", StringComparison.Ordinal));
    }
}
