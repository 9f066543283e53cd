using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

public abstract class DirectoryConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task Each_filter_finds_its_own()
    {
        await GivenAsync(
            Commit("sub-1", directory: Entry),
            Commit("sub-2", directory: Entry with { SellerId = "seller-2" }),
            Commit("sub-3", directory: Entry with { ProductId = "product-2" }),
            Commit("sub-4", directory: Entry with { PlanId = "plan-2" }),
            Commit("sub-5", directory: Entry with { OfferId = "offer-2" }),
            Commit("sub-6", directory: Entry with { CustomerId = "customer-2" }),
            Commit("sub-7", directory: Entry with { Status = SubscriptionStatus.PastDue }));

        Assert.Equal(["sub-1", "sub-2", "sub-3", "sub-4", "sub-5", "sub-6", "sub-7"], await ListAsync(new DirectoryFilter()));
        Assert.Equal(["sub-2"], await ListAsync(new DirectoryFilter { SellerId = "seller-2" }));
        Assert.Equal(["sub-3"], await ListAsync(new DirectoryFilter { ProductId = "product-2" }));
        Assert.Equal(["sub-4"], await ListAsync(new DirectoryFilter { PlanId = "plan-2" }));
        Assert.Equal(["sub-5"], await ListAsync(new DirectoryFilter { OfferId = "offer-2" }));
        Assert.Equal(["sub-6"], await ListAsync(new DirectoryFilter { CustomerId = "customer-2" }));
        Assert.Equal(["sub-7"], await ListAsync(new DirectoryFilter { Status = SubscriptionStatus.PastDue }));
        Assert.Empty(await ListAsync(new DirectoryFilter { SellerId = "nobody" }));
    }

    [StorageFact]
    public async Task Filters_narrow_each_other()
    {
        await GivenAsync(
            Commit("sub-1", directory: Entry),
            Commit("sub-2", directory: Entry with { Status = SubscriptionStatus.Canceled }),
            Commit("sub-3", directory: Entry with { Status = SubscriptionStatus.Canceled, SellerId = "seller-2" }),
            Commit("sub-4", directory: Entry with { Status = SubscriptionStatus.Canceled, CustomerId = "customer-2" }));

        Assert.Equal(
            ["sub-2"],
            await ListAsync(
                new DirectoryFilter { Status = SubscriptionStatus.Canceled, SellerId = "seller-1", CustomerId = "customer-1" }));
        Assert.Equal(
            ["sub-2", "sub-4"],
            await ListAsync(
                new DirectoryFilter
                {
                    Status = SubscriptionStatus.Canceled, SellerId = "seller-1", ProductId = "product-1", PlanId = "plan-1",
                    OfferId = "offer-1",
                }));
    }

    [StorageFact]
    public async Task Every_status_can_be_found()
    {
        var statuses = Enum.GetValues<SubscriptionStatus>();
        await GivenAsync([.. statuses.Select(status => Commit($"sub-{status}", directory: Entry with { Status = status }))]);

        foreach (var status in statuses) Assert.Equal([$"sub-{status}"], await ListAsync(new DirectoryFilter { Status = status }));
    }

    [StorageFact]
    public async Task Pages_follow_each_other_by_id()
    {
        // Ids sort by character, whatever the machine's language.
        string[] ids = ["A-1", "B-1", "Z", "_1", "a-1", "a-10", "a-2", "b:1", "b_1"];
        await GivenAsync([.. ids.Reverse().Select(id => Commit(id))]);

        var seen = new List<string>();
        string? after = null;
        while (await Storage.Directory.ListAsync(
            new DirectoryFilter { SellerId = "seller-1" }, after, 2, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 2);
            seen.AddRange(page.Select(row => row.SubscriptionId));
            after = page[^1].SubscriptionId;
        }

        Assert.Equal(ids, seen);
    }

    [StorageFact]
    public async Task Listed_snapshots_are_the_newest_and_keep_their_place_without_a_new_entry()
    {
        await GivenAsync(Commit("sub-1", directory: Entry with { Status = SubscriptionStatus.Trialing }), Commit("sub-1", expected: 1));

        var found = Assert.Single(
            await Storage.Directory.ListAsync(
                new DirectoryFilter { Status = SubscriptionStatus.Trialing }, null, 10, CancellationToken.None));

        Assert.Equal(2, found.Version);
        Assert.Equal(Text(Json("sub-1 at 2")), Text(found.State));
    }

    [StorageFact]
    public async Task A_changed_entry_is_found_under_its_new_columns_only()
    {
        await GivenAsync(Commit("sub-1"), Commit("sub-2"));

        await GivenAsync(
            Commit("sub-1", expected: 1,
                directory: Entry with { Status = SubscriptionStatus.PastDue, PlanId = "plan-2", OfferId = "offer-2" }));

        Assert.Equal(["sub-1"], await ListAsync(new DirectoryFilter { PlanId = "plan-2" }));
        Assert.Equal(["sub-1"], await ListAsync(new DirectoryFilter { Status = SubscriptionStatus.PastDue, OfferId = "offer-2" }));
        Assert.Equal(["sub-2"], await ListAsync(new DirectoryFilter { PlanId = "plan-1" }));
        Assert.Equal(["sub-2"], await ListAsync(new DirectoryFilter { Status = SubscriptionStatus.Active }));
    }

    [StorageFact]
    public async Task A_loser_does_not_change_its_entry()
    {
        await GivenAsync(Commit("sub-1"), Commit("sub-1", expected: 1));

        Assert.Equal(
            CommitOutcome.Conflict,
            await CommitAsync(
                Commit("sub-1", expected: 1, directory: Entry with { Status = SubscriptionStatus.Canceled, OfferId = "offer-2" })));

        Assert.Equal(["sub-1"], await ListAsync(new DirectoryFilter { Status = SubscriptionStatus.Active, OfferId = "offer-1" }));
    }

    private async Task<string[]> ListAsync(DirectoryFilter filter) =>
        [.. (await Storage.Directory.ListAsync(filter, null, 100, CancellationToken.None)).Select(row => row.SubscriptionId)];
}
