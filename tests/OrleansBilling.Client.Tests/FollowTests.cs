namespace OrleansBilling.Client.Tests;

/// <summary>Following the feed of a real server.</summary>
public sealed class FollowTests(Store store) : IClassFixture<Store>
{
    [Fact]
    public async Task A_follower_reads_what_was_and_hears_what_comes()
    {
        await store.Billing.Subscriptions.CreateAsync(Store.Order("followed"), new() { WaitSeconds = 10 });
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var query = new EventsListQuery { Types = $"{FeedEventType.SubscriptionActivated},{FeedEventType.SubscriptionCanceled}" };
        var heard = new List<FollowedEvent>();
        await foreach (var happened in store.Billing.Events.FollowAsync(null, TimeSpan.FromSeconds(20), query, deadline.Token))
        {
            if (happened.Event.SubscriptionId != "followed") continue;
            heard.Add(happened);
            if (happened.Event.Type == FeedEventType.SubscriptionCanceled) break;

            // The request that waits for the next event is under way or about to be; either way it hears of this.
            await store.Billing.Subscriptions.CancelAsync("followed", new() { At = EffectiveAt.Now });
        }

        Assert.Equal(
            [FeedEventType.SubscriptionActivated, FeedEventType.SubscriptionCanceled], heard.Select(happened => happened.Event.Type));
        Assert.Equal(SubscriptionStatus.Canceled, heard[1].Event.Data.Subscription!.Status);
        Assert.All(heard, happened => Assert.StartsWith("evt_", happened.Event.Id, StringComparison.Ordinal));

        // After a restart it goes on where it was.
        var resumed = store.Billing.Events.FollowAsync(heard[0].ResumeAfter, TimeSpan.Zero, query, deadline.Token);
        Assert.NotNull(await resumed.FirstAsync(one => one.Event.Id == heard[1].Event.Id, deadline.Token));
    }

    [Fact]
    public async Task No_event_is_missed_by_who_goes_on_within_a_page()
    {
        for (var n = 0; n < 4; n++) await store.Billing.Subscriptions.CreateAsync(Store.Order($"many_{n}"), new() { WaitSeconds = 10 });
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var query = new EventsListQuery { Types = FeedEventType.SubscriptionCreated, Limit = 3 };
        var whole = await store.Billing.Events.FollowAsync(null, TimeSpan.Zero, query, deadline.Token).Take(4).ToListAsync();
        Assert.Equal(4, whole.Select(happened => happened.Event.Id).Distinct().Count());
        foreach (var (place, happened) in whole.Index().SkipLast(1))
        {
            var rest = await store.Billing.Events.FollowAsync(happened.ResumeAfter, TimeSpan.Zero, query, deadline.Token)
                .Select(one => one.Event.Id).TakeWhile(id => id != whole[^1].Event.Id).ToListAsync();
            Assert.Subset(rest.ToHashSet(), whole.Skip(place + 1).SkipLast(1).Select(one => one.Event.Id).ToHashSet());
        }
    }
}
