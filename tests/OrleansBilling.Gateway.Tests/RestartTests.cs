using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Everything that was answered is still there after a restart on the same directory.</summary>
public sealed class RestartTests
{
    private static readonly string[] Paths =
    [
        "/v1/clock",
        "/v1/products/gold_product",
        "/v1/plans/gold_plan",
        "/v1/offers/gold_offer",
        "/v1/subscriptions",
        "/v1/subscriptions/a/invoices",
        "/v1/subscriptions/b/events",
        "/v1/subscriptions/a/credit-notes",
        "/v1/balances",
        "/v1/messages",
        "/v1/subscriptions/b?as_of=2024-02-15T00:00:00Z",
        "/v1/statistics/summary?from=2024-01-01",
        "/v1/statistics/cancellations/monthly?from=2024-01-01",
    ];

    [Fact]
    public async Task A_restart_shows_everything_as_it_was_and_goes_on()
    {
        using var directory = new DataDirectory();
        var before = new List<string>();
        Reply canceled;
        await using (var first = await TestGateway.StartInAsync(directory))
        {
            await first.SellAsync(
                planFields: ",\"renewal_alert_days\":3",
                offerFields: ",\"split\":[{\"role\":\"platform\",\"party_id\":\"market\",\"percent\":10}]");
            await first.SubscribeAsync("a");
            await first.AskAsync("a", "invoices/1/refund", """{"amount":100}""");
            await first.SubscribeAsync("b", token: "tok_decline_1");
            await first.AdvanceAsync("2024-03-15T00:00:00Z");
            (await first.Admin.PutAsync("/v1/offers/gold_offer", """{"amount":3990}""")).Expect(200);
            canceled = (await first.Admin.PostAsync("/v1/subscriptions/a/cancel", """{"at":"period_end"}""", "bye")).Expect(200);
            foreach (var path in Paths) before.Add((await first.Admin.GetAsync(path)).Expect(200).Text);
        }

        await using var second = await TestGateway.StartInAsync(directory);
        foreach (var (path, text) in Paths.Zip(before)) Assert.Equal(text, (await second.Admin.GetAsync(path)).Expect(200).Text);
        var again = (await second.Admin.PostAsync("/v1/subscriptions/a/cancel", """{"at":"period_end"}""", "bye")).Expect(200);
        Assert.True(again.Replayed);
        Assert.Equal(canceled.Text, again.Text);

        await second.AdvanceAsync("2024-04-02T00:00:00Z");
        Assert.Equal("canceled", (await second.Admin.GetAsync("/v1/subscriptions/a")).String("status"));
        Assert.Equal("active", (await second.Admin.GetAsync("/v1/subscriptions/b")).String("status"));
    }

    [Fact]
    public async Task Health_tells_that_the_gateway_lives_and_is_ready()
    {
        await using var gateway = await TestGateway.StartAsync();
        var root = (await gateway.As(null).GetAsync("/")).Expect(200);
        Assert.Equal("Orleans Billing", root.String("name"));
        (await gateway.As(null).GetAsync(root.String("api")!)).Expect(200);
        (await gateway.As(null).GetAsync(root.String("health")!)).Expect(200);
        Assert.Equal("""{"status":"live"}""", (await gateway.As(null).GetAsync("/health/live")).Expect(200).Text);
        Assert.Equal("""{"status":"ready"}""", (await gateway.As(null).GetAsync("/health/ready")).Expect(200).Text);
    }
}
