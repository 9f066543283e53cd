using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Tests;

/// <summary>
/// Regression: keys that were forgotten while fewer days were set, or by a clock that was further ahead, were counted again as soon as
/// usage of their time was taken.
/// </summary>
public sealed class UsageFloorTests
{
    private const string Id = "s1";

    [Fact]
    public async Task Usage_from_before_keys_were_ever_forgotten_is_refused_whatever_is_kept_now()
    {
        await using var host = new Host();
        var terms = host.CatalogStore.SellBeside(
            host.Monthly, "metered", 2_990, new BillingInterval(IntervalUnit.Month, 1), offer: offer => offer with
        {
            Meters = [
                new Meter
                {
                    Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                    Price = new UnitPrice(3),
                }],
        });
        await host.ExecuteAsync(
            Id, new SubscriptionCommand.Subscribe(Id, terms, new Customer("customer-1", null), "tok_ok", null, null, null));
        await host.Runtime.RunDueAsync(CancellationToken.None);
        var start = host.Clock.GetCurrentInstant();
        host.Clock.MoveTo(start + Duration.FromDays(10));
        Assert.IsType<CommandResult.Accepted>(await UseAsync("before", start + Duration.FromDays(1)));

        host.Journal.UsageFloor = start + Duration.FromDays(5);
        var refused = Assert.IsType<CommandResult.Refused>(await UseAsync("late", start + Duration.FromDays(5) - Duration.Epsilon));
        Assert.Equal(Refusal.UsageTooOld, refused.Refusal);
        Assert.IsType<CommandResult.Accepted>(await UseAsync("since", start + Duration.FromDays(5)));
        Assert.IsType<CommandResult.Accepted>(await UseAsync("now", null));
        Assert.Equal(3, Assert.Single((await host.ReadAsync(Id)).Usage).Units);

        // A clock that was far ahead forgot the keys of today.
        host.Journal.UsageFloor = start + Duration.FromDays(20);
        Assert.Equal(Refusal.UsageTooOld, Assert.IsType<CommandResult.Refused>(await UseAsync("again", null)).Refusal);

        Task<CommandResult> UseAsync(string id, Instant? at) =>
            host.ExecuteAsync(Id, new SubscriptionCommand.RecordUsage([new UsageEntry(id, "calls", 1, at, null)]));
    }
}
