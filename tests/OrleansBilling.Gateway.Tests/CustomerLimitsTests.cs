using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What customers may not do or see even with their own subscriptions, and what no customer may use up for others.</summary>
public sealed class CustomerLimitsTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            offerFields: ""","split":[{"role":"platform","party_id":"market","percent":10},{"role":"affiliate","percent":30}]""");
        await gateway.SubscribeAsync("s", fields: ""","affiliate_id":"zoe" """);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task An_offer_that_is_not_theirs_to_choose_is_as_if_it_were_not_there()
    {
        (await gateway.Admin.PostAsync(
            "/v1/offers", """{"id":"staff","plan_id":"gold_plan","amount":0,"currency":"BRL","customers_may_choose":false}""")).Expect(201);
        var alice = await gateway.AsCustomerAsync("alice");
        (await alice.PostAsync("/v1/subscriptions/s/change-plan", """{"offer_id":"staff","at":"now"}"""))
            .ExpectProblem(404, "offer_not_found", "offer_id");

        (await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan", """{"offer_id":"staff","at":"now"}""")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/offers", """{"id":"open","plan_id":"gold_plan","amount":5,"currency":"BRL"}""")).Expect(201);
        (await alice.PostAsync("/v1/subscriptions/s/change-plan", """{"offer_id":"open","at":"now"}""")).Expect(200);
    }

    [Fact]
    public async Task Who_shares_the_money_is_the_sellers_business()
    {
        var seen = (await gateway.Admin.GetAsync("/v1/subscriptions/s/events")).Expect(200).Text;
        Assert.Contains("market", seen, StringComparison.Ordinal);
        Assert.Contains("zoe", seen, StringComparison.Ordinal);

        var alice = await gateway.AsCustomerAsync("alice");
        var shown = (await alice.GetAsync("/v1/subscriptions/s/events")).Expect(200);
        Assert.Contains("charge_succeeded", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("market", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_takes_nobodys_last_redemption()
    {
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"LAST","seller_id":"acme","percent":50,"duration":"once","redemptions_max":1}""")).Expect(201);
        await gateway.SellAsync("other", seller: "other");
        var stranger = await gateway.AsCustomerAsync("mallory");
        (await stranger.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"LAST"}"""))
            .ExpectProblem(404, "subscription_not_found", null);
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("t", "other_offer", fields: ""","coupon":"LAST" """)))
            .ExpectProblem(404, "coupon_not_found", "coupon");
        Assert.Equal(0, (await gateway.Admin.GetAsync("/v1/coupons/LAST")).Expect(200).Number("redemptions"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"LAST"}""")).Expect(200);
    }

    [Fact]
    public async Task A_list_with_nothing_in_it_is_a_clear_error() =>
        (await gateway.Admin.PostAsync("/v1/simulations", """{"months":1,"changes":{"offers":[null]}}"""))
            .ExpectProblem(400, "wrong_type", "changes.offers[0]");

    [Fact]
    public async Task Ten_thousand_usage_events_each_under_a_key_of_its_own_do_not_grow_the_snapshot()
    {
        (await gateway.Admin.PostAsync(
            "/v1/offers",
            """
            {"id":"metered","plan_id":"gold_plan","amount":0,"currency":"BRL","meters":[{"id":"users","name":"Users",
             "aggregation":"unique","pricing":"per_unit","price":{"amount":1}}]}
            """)).Expect(201);
        await gateway.SubscribeAsync("m", "metered");
        var one = await SnapshotBytesAsync(0, 1);
        for (var burst = 0; burst < 10; burst++)
        {
            var lines = Enumerable.Range(1, 1_000).Select(n =>
                $$$"""{"type":"usage","subscription_id":"m","idempotency_key":"{{{burst}}}-{{{n}}}","events":""" +
                $$$"""[{"id":"{{{burst}}}-{{{n}}}","meter":"users","key":"{{{burst}}}-{{{n}}}"}]}""");
            var answers = (await gateway.Admin.StreamAsync([.. lines])).Expect(200).Text;
            Assert.Equal(
                1_000, answers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Count(line => line.Contains("\"status\":200", StringComparison.Ordinal)));
        }

        Assert.Equal("""[{"meter":"users","units":10001}]""", (await gateway.ReadAsync("m")).Json.GetProperty("usage").GetRawText());
        Assert.InRange(await SnapshotBytesAsync(1, 0), one, one + 16);

        async Task<int> SnapshotBytesAsync(int known, int events)
        {
            if (events > 0)
                (await gateway.Admin.PostAsync(
                    "/v1/subscriptions/m/usage", $$"""{"events":[{"id":"first-{{known}}","meter":"users","key":"first"}]}""")).Expect(200);
            return (await gateway.Port<IJournal>().LoadAsync("m", CancellationToken.None))!.State.Length;
        }
    }
}
