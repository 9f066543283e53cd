using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// A spring that can be counted by hand. All on monthly plans unless told, in BRL but for e. On 2024-01-31 a, b, c, d
/// are sold at 29.90, and e at 10.00 USD. 02-10: a leaves. 02-15: b changes to big, 50.00. 02-20 to 03-05: c stands
/// still. 02-27: t starts a trial of seven days, at 5.00 from 03-05. 03-10: a comes back. 03-12: d changes to yearly,
/// 240.00 a year. 03-20: e leaves. It ends at noon of 03-31.
/// </summary>
public sealed class StatisticsStory : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync();
        await Gateway.SellAsync();
        await Gateway.SellAsync("usd", amount: 1000, currency: "USD");
        await Gateway.SellAsync("trial", seller: "beta", trialDays: 7, amount: 500);
        await Gateway.SellToGoldAsync("big", 5000, """{"unit":"month","count":1}""");
        await Gateway.SellToGoldAsync("year", 24_000, """{"unit":"year","count":1}""");
        foreach (var id in (string[])["a", "b", "c", "d"]) await Gateway.SubscribeAsync(id, customer: id);
        await Gateway.SubscribeAsync("e", "usd_offer");

        await Gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/a/cancel", """{"at":"now"}""")).Expect(200);
        await Gateway.AdvanceAsync("2024-02-15T00:00:00Z");
        await Gateway.ChangePlanAsync("b", "big_offer");
        await Gateway.AdvanceAsync("2024-02-20T00:00:00Z");
        await Gateway.TellAsync("c", new SubscriptionCommand.Pause(EffectiveAt.Now, null));
        await Gateway.AdvanceAsync("2024-02-27T00:00:00Z");
        await Gateway.SubscribeAsync("t", "trial_offer");
        await Gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        await Gateway.TellAsync("c", new SubscriptionCommand.Resume());
        await Gateway.AdvanceAsync("2024-03-10T00:00:00Z");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/a/reactivate")).Expect(200);
        await Gateway.AdvanceAsync("2024-03-12T00:00:00Z");
        await Gateway.ChangePlanAsync("d", "year_offer");
        await Gateway.AdvanceAsync("2024-03-20T00:00:00Z");
        (await Gateway.Admin.PostAsync("/v1/subscriptions/e/cancel", """{"at":"now"}""")).Expect(200);
        await Gateway.AdvanceAsync("2024-03-31T12:00:00Z");
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();
}
