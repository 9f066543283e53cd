using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Partitions;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PartitionLockTests(PostgresFixture postgres)
{
    private const string CutSql =
        """
        select count(pg_terminate_backend(pid)) from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
        """;

    private static readonly IEnumerable<int> AllGroups = Enumerable.Range(0, PartitionLocks.GroupCount);

    [PostgresFact]
    public async Task A_process_alone_owns_every_group_from_the_start()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database);

        Assert.Equal(AllGroups, storage.Partitions.Owned);
    }

    [PostgresFact]
    public async Task Groups_are_shared_fairly_and_taken_over_from_a_process_that_ends()
    {
        var database = await postgres.CreateAsync();
        await using var first = await OpenAsync(database);
        var second = await OpenAsync(database);
        await using var third = await OpenAsync(database);

        await RebalanceAsync(first, second, third);
        Assert.Equal([6, 6, 4], new[] { first, second, third }.Select(storage => storage.Partitions.Owned.Length).OrderDescending());
        Assert.Equal(AllGroups, new[] { first, second, third }.SelectMany(storage => storage.Partitions.Owned).Order());

        await second.DisposeAsync();
        await RebalanceAsync(first, third);
        Assert.Equal([8, 8], [first.Partitions.Owned.Length, third.Partitions.Owned.Length]);
        Assert.Equal(AllGroups, first.Partitions.Owned.Concat(third.Partitions.Owned).Order());
    }

    [PostgresFact]
    public async Task Each_process_reads_only_the_due_work_of_its_own_groups_and_together_they_read_all()
    {
        var database = await postgres.CreateAsync();
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);
        await RebalanceAsync(first, second);
        var ids = Enumerable.Range(0, 200).Select(number => $"sub-{number:D3}").ToArray();
        foreach (var id in ids) Assert.Equal(CommitOutcome.Committed, await first.Journal.CommitAsync(Commit(id, dueAt: Now), CancellationToken.None));

        var ofFirst = await ReadDueAsync(first);
        var ofSecond = await ReadDueAsync(second);

        Assert.NotEmpty(ofFirst);
        Assert.NotEmpty(ofSecond);
        Assert.Equal(ids, ofFirst.Concat(ofSecond).Order(StringComparer.Ordinal));
        Assert.Equal(Now, await second.Journal.ReadNextDueAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_due_scan_goes_on_from_group_to_group_and_leaves_out_those_of_others()
    {
        var database = await postgres.CreateAsync();
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);
        await RebalanceAsync(first, second);
        for (var number = 0; number < 200; number++)
            Assert.Equal(CommitOutcome.Committed, await first.Journal.CommitAsync(Commit($"sub-{number:D3}", dueAt: Now + Duration.FromMinutes(number % 7)), CancellationToken.None));

        foreach (var storage in new[] { first, second })
        {
            var seen = new List<(int Group, Instant DueAt, string Id)>();
            DueCursor? cursor = null;
            while (await storage.Journal.ReadDueAsync(Now + Duration.FromMinutes(5), cursor, 7, CancellationToken.None) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, 7);
                seen.AddRange(page.Select(row => (PartitionLocks.GroupOf(row.Stored.SubscriptionId), row.DueAt, row.Stored.SubscriptionId)));
                cursor = new DueCursor(page[^1].DueAt, page[^1].Stored.SubscriptionId);
            }

            Assert.Equal(storage.Partitions.Owned, seen.Select(row => row.Group).Distinct());
            Assert.Equal(seen.OrderBy(row => row.Group).ThenBy(row => row.DueAt).ThenBy(row => row.Id, StringComparer.Ordinal), seen);
            Assert.Equal((await ReadDueAsync(storage)).Length, seen.Count + await CountAsync(storage, at: 6));
        }

        async Task<int> CountAsync(PostgresStorage storage, int at) =>
            (await storage.Journal.ReadDueAsync(Now + Duration.FromDays(1), null, 1_000, CancellationToken.None)).Count(row => row.DueAt == Now + Duration.FromMinutes(at));
    }

    [PostgresFact]
    public async Task A_group_is_read_from_its_own_stretch_of_the_index()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database);
        for (var number = 0; number < 500; number++) await storage.Journal.CommitAsync(Commit($"sub-{number:D3}", dueAt: Now), CancellationToken.None);
        await database.ExecuteAsync("analyze subscription");

        var plan = await database.PlanAsync("timestamptz, timestamptz, text, integer, integer[]", PostgresJournal.DueSql, "now(), now(), '', 10, '{3,4}'");

        Assert.Contains(plan, line => line.Contains("Index Scan using subscription_due_by_group", StringComparison.Ordinal));
        Assert.Contains(plan, line => line.Contains("Index Cond: (((partition / 64) = wanted.id) AND (due_at <= $1) AND (ROW(due_at, id) > ROW(", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Locks_that_were_lost_with_their_connection_are_taken_again()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await OpenAsync(database);
        await Eventually.HoldsAsync(async () => await database.QueryAsync<long>(CutSql) == 0);

        await storage.Partitions.RebalanceAsync(CancellationToken.None);
        Assert.Empty(storage.Partitions.Owned);
        Assert.Empty(await ReadDueAsync(storage));

        await storage.Partitions.RebalanceAsync(CancellationToken.None);
        Assert.Equal(AllGroups, storage.Partitions.Owned);
    }

    [PostgresFact]
    public async Task Rebalancing_goes_on_by_itself()
    {
        var database = await postgres.CreateAsync();
        var options = database.Options with { RebalanceInterval = TimeSpan.FromMilliseconds(20) };
        await using var first = await PostgresTestDatabase.OpenAsync(options);
        await using var second = await PostgresTestDatabase.OpenAsync(options);

        await Eventually.HoldsAsync(() => first.Partitions.Owned.Length == 8 && second.Partitions.Owned.Length == 8);
    }

    private static Task<PostgresStorage> OpenAsync(PostgresTestDatabase database) => PostgresTestDatabase.OpenAsync(database.Options);

    /// <summary>Two rounds: what one gives back in the first, another takes at the latest in the second.</summary>
    private static async Task RebalanceAsync(params PostgresStorage[] storages)
    {
        foreach (var storage in storages.Concat(storages)) await storage.Partitions.RebalanceAsync(CancellationToken.None);
    }

    private static async Task<string[]> ReadDueAsync(PostgresStorage storage) =>
        [.. (await storage.Journal.ReadDueAsync(Now + Duration.FromDays(1), null, 1_000, CancellationToken.None)).Select(row => row.Stored.SubscriptionId)];
}
