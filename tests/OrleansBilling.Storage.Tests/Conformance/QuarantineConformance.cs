using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Issue 8, 2.4: failing due work is excluded, can be listed, and is retried.</summary>
public abstract class QuarantineConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly Instant Machine = Instant.FromUtc(2030, 5, 1, 12, 0);
    private static readonly Instant Later = Now + Duration.FromHours(1);

    [StorageFact]
    public async Task What_is_in_quarantine_is_left_out_of_due_work_until_it_is_released()
    {
        await GivenAsync(Commit("a", dueAt: Now), Commit("b", dueAt: Later));
        await PutAsync("a");

        Assert.Equal(["b"], await DueAsync());
        Assert.Equal(Later, await Due.ReadNextDueAsync(CancellationToken.None));

        Assert.True(await Storage.Quarantine.ReleaseAsync("a", CancellationToken.None));
        Assert.False(await Storage.Quarantine.ReleaseAsync("a", CancellationToken.None));
        Assert.Equal(["a", "b"], (await DueAsync()).Order());
        Assert.Equal(Now, await Due.ReadNextDueAsync(CancellationToken.None));
    }

    [StorageFact]
    public async Task A_command_that_moves_it_on_takes_it_out()
    {
        await GivenAsync(Commit("a", dueAt: Now));
        await PutAsync("a");
        Assert.Empty(await DueAsync());

        await GivenAsync(Commit("a", expected: 1, dueAt: Later));

        Assert.Equal(["a"], await DueAsync());
        Assert.Empty(await ListAsync());
        Assert.Equal(0, await Storage.Quarantine.SweepAsync(Machine, CancellationToken.None));
        Assert.Equal(0, await Database.QueryAsync<long>("select count(*) from quarantine"));
    }

    [StorageFact]
    public async Task When_its_next_try_has_come_it_is_due_again_and_stays_on_the_list()
    {
        await GivenAsync(Commit("a", dueAt: Now), Commit("b", dueAt: Now));
        await PutAsync("a", minutes: 4);
        await PutAsync("b", minutes: 8);

        Assert.Equal(2, await Storage.Quarantine.SweepAsync(Machine + Duration.FromMinutes(3), CancellationToken.None));
        Assert.Empty(await DueAsync());
        Assert.Equal(2, await Storage.Quarantine.SweepAsync(Machine + Duration.FromMinutes(5), CancellationToken.None));
        Assert.Equal(["a"], await DueAsync());

        // It failed again: the time it entered quarantine stays, everything else is updated.
        await Storage.Quarantine.PutAsync(
            One("a") with { Failures = 9, Reason = "again", Since = Machine + Duration.FromHours(1) }, CancellationToken.None);
        Assert.Empty(await DueAsync());
        Assert.Equal([One("a") with { Failures = 9, Reason = "again" }, One("b", 8)], await ListAsync());
    }

    [StorageFact]
    public async Task It_survives_a_restart_and_is_listed_page_by_page()
    {
        var ids = Enumerable.Range(0, 5).Select(number => $"sub-{number}").ToArray();
        foreach (var id in ids)
        {
            await GivenAsync(Commit(id, dueAt: Now));
            await PutAsync(id);
        }

        await ReopenAsync();

        Assert.Empty(await DueAsync());
        Assert.Equal(ids[..2], (await Storage.Quarantine.ListAsync(null, 2, CancellationToken.None)).Select(one => one.SubscriptionId));
        Assert.Equal(ids[2..4], (await Storage.Quarantine.ListAsync("sub-1", 2, CancellationToken.None)).Select(one => one.SubscriptionId));
        Assert.Equal(ids[4..], (await Storage.Quarantine.ListAsync("sub-3", 2, CancellationToken.None)).Select(one => one.SubscriptionId));
    }

    private static QuarantinedSubscription One(string id, int minutes = 4) =>
        new(id, 1, Now, "It is broken.", 3, Machine, Machine + Duration.FromMinutes(minutes));

    private async Task PutAsync(string id, int minutes = 4) => await Storage.Quarantine.PutAsync(One(id, minutes), CancellationToken.None);

    private async Task<IReadOnlyList<QuarantinedSubscription>> ListAsync() =>
        await Storage.Quarantine.ListAsync(null, 100, CancellationToken.None);

    private async Task<string[]> DueAsync() =>
        [.. (await ReadDueAsync(Later)).Select(due => due.Stored.SubscriptionId)];
}
