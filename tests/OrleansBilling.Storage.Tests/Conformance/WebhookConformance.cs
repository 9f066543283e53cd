using System.Collections.Frozen;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>Endpoints, who sends to them, and what became of each event.</summary>
public abstract class WebhookConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private static readonly Instant Later = Now + Duration.FromHours(1);

    private IWebhookStore Webhooks => Storage.Webhooks;

    [StorageFact]
    public async Task An_endpoint_is_found_as_it_was_added_and_changed()
    {
        var added = Endpoint("hook-1", "seller-1") with
        {
            Types = new[] { FeedEventType.SubscriptionCanceled, FeedEventType.InvoicePaid }.ToFrozenSet(), Description = "Course access",
        };
        Assert.Equal(WebhookAddition.Added, await Webhooks.AddAsync(added, CancellationToken.None));
        AssertSame(added, await FindAsync("hook-1"));
        Assert.Equal(WebhookAddition.Exists, await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None));
        var changed = added with
        {
            Url = "https://example.com/other", Types = null, Description = null, Secrets = new WebhookSecrets([3, 4], [1, 2], Later),
            Disabled = DisabledBecause.Asked, DisabledAt = Later,
        };
        Assert.True(await Webhooks.ChangeAsync(changed, CancellationToken.None));
        AssertSame(changed with { Version = 2 }, await FindAsync("hook-1"));
        Assert.False(await Webhooks.ChangeAsync(changed, CancellationToken.None));
        Assert.Null(await FindAsync("nobody"));
    }

    [StorageFact]
    public async Task Endpoints_are_listed_by_id_and_by_seller_until_they_are_removed()
    {
        foreach (var (id, seller) in new[] { ("c", "seller-1"), ("a", "seller-1"), ("b", null), ("d", "seller-2") })
            await Webhooks.AddAsync(Endpoint(id, seller), CancellationToken.None);
        Assert.Equal(["a", "b", "c"], await IdsAsync(null, null, 3));
        Assert.Equal(["d"], await IdsAsync(null, "c", 3));
        Assert.Equal(["a", "c"], await IdsAsync("seller-1", null, 3));
        Assert.Equal(["a", "c"], await IdsAsync("nobody,seller-1", null, 3));
        Assert.Equal(["c"], await IdsAsync("seller-1,nobody", "a", 1));
        var made = (await FindAsync("b"))!.CreatedAt;
        Assert.Contains("b", await FilteredAsync(new WebhookEndpointFilter { Created = new InstantRange(made, null) }, null, 3));
        var before = new InstantRange(null, Instant.FromUtc(2000, 1, 1, 0, 0));
        Assert.Empty(await FilteredAsync(new WebhookEndpointFilter { Created = before }, null, 3));
        Assert.True(await Webhooks.RemoveAsync("a", CancellationToken.None));
        Assert.False(await Webhooks.RemoveAsync("a", CancellationToken.None));
        Assert.Equal(["c"], await IdsAsync("seller-1", null, 3));
        Assert.Null(await FindAsync("a"));
        Assert.Empty(await Webhooks.TakeAsync(["a"], CancellationToken.None));
    }

    [StorageFact]
    public async Task An_owner_has_no_more_endpoints_than_allowed_also_when_they_are_added_at_once()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, WebhookEndpoint.PerOwnerMax + 4).Select(n => Task.Run(async () =>
            await Webhooks.AddAsync(Endpoint($"hook-{n}", "seller-1"), CancellationToken.None))));
        Assert.Equal(WebhookEndpoint.PerOwnerMax, tries.Count(one => one == WebhookAddition.Added));
        Assert.Equal(4, tries.Count(one => one == WebhookAddition.TooMany));
        Assert.Equal(WebhookAddition.Added, await Webhooks.AddAsync(Endpoint("of-all"), CancellationToken.None));
    }

    [StorageFact]
    public async Task Each_change_is_counted()
    {
        var before = await Webhooks.ReadChangesAsync(CancellationToken.None);
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        await Webhooks.ChangeAsync(Endpoint("hook-1"), CancellationToken.None);
        await Webhooks.ReplayAsync("hook-1", new WebhookReplay(0, 5), CancellationToken.None);
        await Webhooks.RemoveAsync("hook-1", CancellationToken.None);
        await Webhooks.RemoveAsync("hook-1", CancellationToken.None);
        Assert.Equal(before + 4, await Webhooks.ReadChangesAsync(CancellationToken.None));
    }

    [StorageFact]
    public async Task Events_from_before_an_endpoint_are_not_its_own()
    {
        await GivenAsync(Commit("sub-1", feed: [Fed(1)]));
        await Storage.PlaceFeedAsync(CancellationToken.None);
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        var term = await TakeAsync("hook-1");
        Assert.Equal(await Storage.Feed.ReadLastAsync(CancellationToken.None), term.Through);
        Assert.True(term.Through > 0);
    }

    [StorageFact]
    public async Task Progress_is_kept_and_only_the_last_who_took_an_endpoint_may_store_it()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        await Webhooks.AddAsync(Endpoint("hook-2"), CancellationToken.None);
        var first = await TakeAsync("hook-1");
        var other = await TakeAsync("hook-2");
        var delivered = Delivery(11) with { IsDelivered = true, Attempts = 1, LastAt = Now, Status = 204, Milliseconds = 12 };
        var waits = Delivery(12) with
        {
            Attempts = 2, LastAt = Now, NextAt = Later, Status = 500, Milliseconds = 15_000, Fault = "status 500",
        };
        await SaveAsync(
            new WebhookProgress("hook-1", first.Number, 12, [delivered, waits]) { SucceededAt = Now, FailedAt = Later },
            new WebhookProgress("hook-2", other.Number, 9, []));
        var second = await TakeAsync("hook-1");
        Assert.Equal(12, second.Through);
        Assert.Equal([waits], second.Waiting);
        Assert.Empty(second.Taken);
        var beyond = delivered with { Event = Delivery(20).Event };
        await SaveAsync(new WebhookProgress("hook-1", second.Number, 12, [beyond]));
        second = await TakeAsync("hook-1");
        Assert.Equal([20L], second.Taken);
        Assert.Equal((Now, Later), (second.Endpoint.SucceededAt, second.Endpoint.FailingSince));
        Assert.True(second.Number > first.Number);

        Assert.Equal(["hook-1"], await SaveAsync(
            new WebhookProgress("hook-1", first.Number, 99, [waits with { IsDelivered = true }]),
            new WebhookProgress("hook-2", other.Number, 10, [])));
        Assert.Equal([beyond, waits, delivered], await DeliveriesAsync("hook-1"));
        Assert.Equal(12, (await TakeAsync("hook-1")).Through);
        Assert.Equal(10, (await TakeAsync("hook-2")).Through);
    }

    [StorageFact]
    public async Task Many_are_taken_at_once_each_with_what_is_its_own()
    {
        foreach (var id in new[] { "a", "b", "c", "d" }) await Webhooks.AddAsync(Endpoint(id, $"seller-{id}"), CancellationToken.None);
        await SaveAsync(
            new WebhookProgress("a", (await TakeAsync("a")).Number, 5, [Delivery(4), Delivery(7) with { IsDelivered = true }]),
            new WebhookProgress(
                "b", (await TakeAsync("b")).Number, 6, [Delivery(4) with { IsDelivered = true }, Delivery(6), Delivery(5)]));
        await Webhooks.ChangeAsync(Endpoint("c", "seller-c") with { Disabled = DisabledBecause.Asked }, CancellationToken.None);
        await Webhooks.RemoveAsync("d", CancellationToken.None);

        var terms = (await Webhooks.TakeAsync(["b", "c", "d", "a", "nobody"], CancellationToken.None))
            .OrderBy(one => one.Endpoint.Id).ToList();
        Assert.Equal(["a", "b"], terms.Select(term => term.Endpoint.Id));
        Assert.Equal([5L, 6], terms.Select(term => term.Through));
        Assert.Equal([[4L], [5, 6]], terms.Select(term => Positions(term.Waiting)));
        Assert.Equal([7L], terms[0].Taken);
        Assert.Empty(terms[1].Taken);
        Assert.Equal(["a", "b"], (await Webhooks.ListEnabledAsync(null, 3, CancellationToken.None)).Select(one => one.Id));
        Assert.Equal([new EnabledEndpoint("b", 1)], await Webhooks.ListEnabledAsync("a", 1, CancellationToken.None));
        Assert.Empty(await Webhooks.TakeAsync([], CancellationToken.None));
    }

    [StorageFact]
    public async Task A_failure_counts_from_the_first_one_and_a_success_ends_it()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        var term = await TakeAsync("hook-1");
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 1, []) { FailedAt = Now });
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 1, []) { FailedAt = Later });
        Assert.Equal(Now, (await FindAsync("hook-1"))!.FailingSince);
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 2, []) { SucceededAt = Later });
        Assert.Equal((Later, null), ((await FindAsync("hook-1"))!.SucceededAt, (await FindAsync("hook-1"))!.FailingSince));
    }

    [StorageFact]
    public async Task An_endpoint_that_is_disabled_while_sending_is_not_taken_again_until_it_is_enabled()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        var term = await TakeAsync("hook-1");
        var changes = await Webhooks.ReadChangesAsync(CancellationToken.None);
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 3, [Delivery(4)])
        {
            FailedAt = Now, Disabled = DisabledBecause.Gone, DisabledAt = Later,
        });
        var disabled = (await FindAsync("hook-1"))!;
        Assert.Equal((DisabledBecause.Gone, Later, 2), (disabled.Disabled, disabled.DisabledAt, disabled.Version));
        Assert.Equal(changes + 1, await Webhooks.ReadChangesAsync(CancellationToken.None));
        Assert.Empty(await Webhooks.TakeAsync(["hook-1"], CancellationToken.None));
        Assert.True(await Webhooks.ChangeAsync(disabled with { Disabled = null }, CancellationToken.None));
        var again = await TakeAsync("hook-1");
        Assert.Null(again.Endpoint.FailingSince);
        Assert.Equal(3, again.Through);
        Assert.Equal([4L], Positions(again.Waiting));
    }

    [StorageFact]
    public async Task That_an_endpoint_is_disabled_is_told_in_the_feed_once_also_if_it_is_stored_again()
    {
        await Webhooks.AddAsync(
            Endpoint("hook-1", "seller-1") with
            {
                Types = new[] { FeedEventType.EndpointDisabled }.ToFrozenSet(), Description = "Course access",
            },
            CancellationToken.None);
        await Webhooks.AddAsync(Endpoint("of-all"), CancellationToken.None);
        await GivenAsync(Commit("sub-1", feed: [Fed(1)]));
        var gone = Disabling("hook-1", (await TakeAsync("hook-1")).Number, DisabledBecause.Gone);
        var failing = Disabling("of-all", (await TakeAsync("of-all")).Number, DisabledBecause.Failing);
        Assert.Empty(await SaveAsync(gone, failing));
        Assert.Equal(["hook-1"], await SaveAsync(gone));
        var then = (await FindAsync("hook-1"))!;
        await Storage.PlaceFeedAsync(CancellationToken.None);
        await GivenAsync(Commit("sub-1", expected: 1, feed: [Fed(2)]));
        await Storage.PlaceFeedAsync(CancellationToken.None);

        var whole = await FeedAsync();
        Assert.Equal(["sub-1", "endpoint/hook-1", "endpoint/of-all", "sub-1"], whole.Select(e => e.Subject));
        Assert.Equal(whole.Select(e => e.Position).Distinct().Order(), whole.Select(e => e.Position));
        Assert.Equal(["seller-1", "seller-1", "", "seller-1"], whole.Select(e => e.Event.SellerId));
        Assert.Equal([whole[0], whole[1], whole[3]], await FeedAsync("seller-1"));
        Assert.Equal([whole[1], whole[2]], await FeedAsync(null, FeedEventType.EndpointDisabled));
        Assert.Equal([whole[1]], await FeedAsync("seller-1", FeedEventType.EndpointDisabled));
        Assert.Empty(await FeedAsync("seller-2"));

        // What is told stays as it was.
        await Webhooks.ChangeAsync(then with { Disabled = null, Url = "https://example.com/other" }, CancellationToken.None);
        await Webhooks.RemoveAsync("hook-1", CancellationToken.None);
        var told = await Webhooks.ReadDisabledAsync(
            [whole[2].Event.Sequence, whole[1].Event.Sequence, long.MaxValue], CancellationToken.None);
        Assert.Equal(2, told.Count);
        AssertSame(then with { Secrets = new WebhookSecrets([]) }, told[whole[1].Event.Sequence]);
        Assert.Equal(DisabledBecause.Failing, told[whole[2].Event.Sequence].Disabled);
        Assert.Equal(whole, await FeedAsync());
    }

    [StorageFact]
    public async Task Each_time_that_an_endpoint_is_disabled_is_told_but_not_that_its_owner_wanted_it_nor_by_whom_has_lost_it()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        for (var n = 1; n <= 2; n++)
        {
            var lost = (await TakeAsync("hook-1")).Number;
            var term = (await TakeAsync("hook-1")).Number;
            Assert.Equal(["hook-1"], await SaveAsync(Disabling("hook-1", lost, DisabledBecause.Gone)));
            Assert.Empty(await SaveAsync(Disabling("hook-1", term, DisabledBecause.Gone)));
            await Webhooks.ChangeAsync((await FindAsync("hook-1"))! with { Disabled = null }, CancellationToken.None);
            await Webhooks.ChangeAsync((await FindAsync("hook-1"))! with { Disabled = DisabledBecause.Asked }, CancellationToken.None);
            await Webhooks.ChangeAsync((await FindAsync("hook-1"))! with { Disabled = null }, CancellationToken.None);
            await Storage.PlaceFeedAsync(CancellationToken.None);
            Assert.Equal(n, (await FeedAsync()).Count);
        }

        var told = await FeedAsync();
        Assert.Equal(2, (await Webhooks.ReadDisabledAsync([.. told.Select(e => e.Event.Sequence)], CancellationToken.None)).Count);
    }

    [StorageFact]
    public async Task A_replay_runs_once_to_its_end()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        var replay = new WebhookReplay(0, 9)
        {
            SubscriptionId = "sub-1", Types = new[] { FeedEventType.SubscriptionRenewed }.ToFrozenSet(),
        };
        var before = await TakeAsync("hook-1");
        Assert.True(await Webhooks.ReplayAsync("hook-1", replay, CancellationToken.None));
        Assert.Equal(["hook-1"], await SaveAsync(new WebhookProgress("hook-1", before.Number, 0, []) { ReplayedThrough = 9 }));
        Assert.False(await Webhooks.ReplayAsync("hook-1", new WebhookReplay(0, 9), CancellationToken.None));
        Assert.False(await Webhooks.ReplayAsync("nobody", replay, CancellationToken.None));
        var term = await TakeAsync("hook-1");
        Assert.Equal((0, 9, "sub-1"), (term.Replay!.After, term.Replay.Through, term.Replay.SubscriptionId));
        Assert.Equal(replay.Types, term.Replay.Types);
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 0, []) { ReplayedThrough = 5 });
        Assert.Equal(5, (term = await TakeAsync("hook-1")).Replay!.After);
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 0, []) { ReplayedThrough = 9 });
        Assert.Null((await TakeAsync("hook-1")).Replay);
        Assert.True(await Webhooks.ReplayAsync("hook-1", replay, CancellationToken.None));
    }

    [StorageFact]
    public async Task Deliveries_are_listed_newest_first_by_what_became_of_them()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        var term = await TakeAsync("hook-1");
        var all = Enumerable.Range(1, 6).Select(n => Delivery(n) with { IsDelivered = n % 2 == 0, LastAt = Now }).ToList();
        await SaveAsync(new WebhookProgress("hook-1", term.Number, 6, all));
        Assert.Equal([6L, 5, 4, 3, 2, 1], Positions(await DeliveriesAsync("hook-1")));
        Assert.Equal([6L, 4], Positions(await DeliveriesAsync("hook-1", isDelivered: true, limit: 2)));
        Assert.Equal([3L, 1], Positions(await DeliveriesAsync("hook-1", isDelivered: false, before: 5)));
        Assert.Empty(await DeliveriesAsync("hook-2"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DeliveriesAsync("hook-1", limit: BillingStorage.PageRowsMax + 1));
    }

    [StorageFact]
    public async Task Old_deliveries_and_those_of_removed_endpoints_are_swept_little_by_little_and_what_waits_stays()
    {
        await Webhooks.AddAsync(Endpoint("hook-1"), CancellationToken.None);
        await Webhooks.AddAsync(Endpoint("hook-2"), CancellationToken.None);
        foreach (var id in new[] { "hook-1", "hook-2" })
        {
            await SaveAsync(new WebhookProgress(id, (await TakeAsync(id)).Number, 4, [
                Delivery(1) with { IsDelivered = true, LastAt = Now }, Delivery(2) with { IsDelivered = true, LastAt = Now },
                Delivery(3) with { IsDelivered = true, LastAt = Later }, Delivery(4) with { LastAt = Now, NextAt = Later },
            ]));
        }

        await Webhooks.RemoveAsync("hook-2", CancellationToken.None);
        var swept = 0;
        for (var some = 1; some > 0; swept += some) Assert.InRange(some = await SweepAsync(3), 0, 6);
        Assert.Equal(6, swept);
        Assert.Equal([4L, 3], Positions(await DeliveriesAsync("hook-1")));
        Assert.Empty(await DeliveriesAsync("hook-2"));
        Assert.Equal(WebhookAddition.Added, await Webhooks.AddAsync(Endpoint("hook-2"), CancellationToken.None));
    }

    private static WebhookEndpoint Endpoint(string id, string? seller = null) =>
        new(id, seller, Now) { Url = "https://example.com/hook", Secrets = new WebhookSecrets([1, 2]) };

    private static WebhookDelivery Delivery(long position) => new(
        new PlacedEvent(position, FormattableString.Invariant($"sub-{position}"), Fed(position, FeedEventType.InvoicePaid, 7)),
        IsDelivered: false);

    private static WebhookProgress Disabling(string id, long term, DisabledBecause because) => new(id, term, 3, [Delivery(4)])
    {
        FailedAt = Now, Disabled = because, DisabledAt = Later,
    };

    private async Task<IReadOnlyList<PlacedEvent>> FeedAsync(string? seller = null, params FeedEventType[] types)
    {
        var query = new FeedQuery(0, 100)
        {
            SellerIds = seller is null ? [] : [seller], Types = types.Length == 0 ? null : types.ToFrozenSet(),
        };
        return (await Storage.Feed.ReadAsync(query, CancellationToken.None)).Events;
    }

    private static IEnumerable<long> Positions(IEnumerable<WebhookDelivery> deliveries) => deliveries.Select(one => one.Event.Position);

    private static void AssertSame(WebhookEndpoint expected, WebhookEndpoint? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected.Types?.Order(), found.Types?.Order());
        Assert.Equal(expected.Secrets.Present, found.Secrets.Present);
        Assert.Equal(expected.Secrets.Past, found.Secrets.Past);
        Assert.Equal(expected.Secrets.PastUntil, found.Secrets.PastUntil);
        Assert.Equal(expected, found with { Types = expected.Types, Secrets = expected.Secrets });
    }

    private async Task<int> SweepAsync(int limit) =>
        await Webhooks.SweepAsync(Now + Duration.FromMinutes(1), limit, CancellationToken.None);

    private async Task<WebhookEndpoint?> FindAsync(string id) => await Webhooks.FindAsync(id, CancellationToken.None);

    private async Task<WebhookTerm> TakeAsync(string id) => Assert.Single(await Webhooks.TakeAsync([id], CancellationToken.None));

    private async Task<IReadOnlySet<string>> SaveAsync(params WebhookProgress[] progress) =>
        await Webhooks.SaveAsync(progress, CancellationToken.None);

    private async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(
        string id, bool? isDelivered = null, long before = long.MaxValue, int limit = 10, long after = 0) =>
        await Webhooks.ListDeliveriesAsync(id, isDelivered, after, before, limit, CancellationToken.None);

    private async Task<IEnumerable<string>> IdsAsync(string? seller, string? after, int limit) =>
        await FilteredAsync(new WebhookEndpointFilter { SellerIds = seller is null ? [] : [.. seller.Split(',')] }, after, limit);

    private async Task<IEnumerable<string>> FilteredAsync(WebhookEndpointFilter filter, string? after, int limit) =>
        (await Webhooks.ListAsync(filter, after, limit, CancellationToken.None)).Select(one => one.Id);
}
