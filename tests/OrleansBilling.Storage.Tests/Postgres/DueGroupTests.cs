using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Due;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class DueGroupTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task A_group_reads_its_own_due_work_in_order_and_together_they_read_all()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        var ids = Enumerable.Range(0, 200).Select(number => $"sub-{number:D3}").ToArray();
        foreach (var (number, id) in ids.Index())
            Assert.Equal(
                CommitOutcome.Committed,
                await storage.Journal.CommitAsync(Commit(id, dueAt: Now + Duration.FromMinutes(number % 7)), CancellationToken.None));

        var seen = new List<string>();
        for (var group = 0; group < storage.Due.GroupCount; group++)
        {
            var due = await storage.Due.ReadDueAsync(group, Now + Duration.FromDays(1), null, 1_000, CancellationToken.None);
            Assert.NotEmpty(due);
            Assert.All(due, row => Assert.Equal(group, DueGroups.Of(row.Stored.SubscriptionId)));
            Assert.Equal(due.OrderBy(row => row.DueAt).ThenBy(row => row.Stored.SubscriptionId, StringComparer.Ordinal), due);
            seen.AddRange(due.Select(row => row.Stored.SubscriptionId));
        }

        Assert.Equal(ids, seen.Order(StringComparer.Ordinal));
        Assert.Equal(Now, await storage.Due.ReadNextDueAsync(CancellationToken.None));
    }

    [PostgresFact]
    public async Task There_are_no_other_groups()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        foreach (var group in new[] { -1, storage.Due.GroupCount })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                async () => await storage.Due.ReadDueAsync(group, Now, null, 10, CancellationToken.None));
    }

    [PostgresFact]
    public async Task A_group_is_read_from_its_own_stretch_of_the_index()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
        for (var number = 0; number < 500; number++)
            await storage.Journal.CommitAsync(Commit($"sub-{number:D3}", dueAt: Now), CancellationToken.None);
        await database.ExecuteAsync("analyze subscription");

        var plan = await database.PlanAsync(
            "timestamptz, timestamptz, text, integer, integer", PostgresDueQueue.DueSql, "now(), now(), '', 10, 3");

        Assert.Contains(plan, line => line.Contains("Index Scan using subscription_due_by_group", StringComparison.Ordinal));
        Assert.Contains(
            plan,
            line => line.Contains(
                "Index Cond: (((partition / 64) = $5) AND (due_at <= $1) AND (ROW(due_at, id) > ROW($2, $3)))", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }
}
