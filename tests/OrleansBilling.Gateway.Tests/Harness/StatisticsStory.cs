namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// A spring that can be counted by hand. Unless noted, plans are monthly and in BRL. On 2024-01-31 a, b, c, d are sold at
/// 29.90, and e at 10.00 USD. 02-10: a leaves. 02-15: b changes to big, 50.00. 02-20 to 03-05: c is paused. 02-27: t starts
/// a trial of seven days, at 5.00 from 03-05. 03-10: a comes back. 03-12: d changes to yearly, 240.00 a year. 03-20: e
/// leaves. It ends at noon of 03-31.
/// </summary>
public sealed class StatisticsStory : IAsyncLifetime
{
    internal TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = await TestGateway.StartAsync();
        await Gateway.SellAsync();
        await Gateway.SellAsync("usd", amount: 1000, currency: "USD");
        await Gateway.SellAsync("trial", seller: "beta", trialDays: 7, amount: 500);
        await Gateway.AlsoSellAsync("big", 5000);
        await Gateway.AlsoSellAsync("year", 24_000, unit: "year");
        foreach (var id in (string[])["a", "b", "c", "d"]) await Gateway.SubscribeAsync(id, customer: id);
        await Gateway.SubscribeAsync("e", "usd_offer");

        await Gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        await Gateway.AskAsync("a", "cancel", """{"at":"now"}""");
        await Gateway.AdvanceAsync("2024-02-15T00:00:00Z");
        await Gateway.AskAsync("b", "change-plan", """{"offer_id":"big_offer","at":"now"}""");
        await Gateway.AdvanceAsync("2024-02-20T00:00:00Z");
        await Gateway.AskAsync("c", "pause", """{"at":"now"}""");
        await Gateway.AdvanceAsync("2024-02-27T00:00:00Z");
        await Gateway.SubscribeAsync("t", "trial_offer");
        await Gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        await Gateway.AskAsync("c", "resume");
        await Gateway.AdvanceAsync("2024-03-10T00:00:00Z");
        await Gateway.AskAsync("a", "reactivate");
        await Gateway.AdvanceAsync("2024-03-12T00:00:00Z");
        await Gateway.AskAsync("d", "change-plan", """{"offer_id":"year_offer","at":"now"}""");
        await Gateway.AdvanceAsync("2024-03-20T00:00:00Z");
        await Gateway.AskAsync("e", "cancel", """{"at":"now"}""");
        await Gateway.AdvanceAsync("2024-03-31T12:00:00Z");
    }

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();
}
