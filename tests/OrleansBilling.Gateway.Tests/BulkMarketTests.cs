using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using static OrleansBilling.Gateway.Tests.Harness.BulkStreams;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The market's commands as lines of a stream have the same fields, checks and answers as on their own routes.</summary>
public sealed class BulkMarketTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            amount: 2900,
            offerFields: ",\"meters\":[{\"id\":\"calls\",\"name\":\"Calls\",\"aggregation\":\"sum\",\"pricing\":\"per_unit\"," +
                "\"price\":{\"amount\":1}}]");
        await gateway.AlsoSellAsync("silver", 1000);
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"HALF","seller_id":"acme","percent":50,"duration":"once","redemptions_max":2}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"TENTH","seller_id":"acme","percent":10,"duration":"forever"}"""))
            .Expect(201);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Every_new_type_of_command_goes_through()
    {
        Assert.Equal(
            201, Status(Assert.Single(await RunAsync(Subscribe("s", ",\"quantity\":2,\"affiliate_id\":\"zoe\",\"coupon\":\"HALF\"")))));
        await gateway.SettleAsync();
        Assert.Equal(2900, (await gateway.ReadAsync("s")).Number("lifetime_paid"));

        var answers = await RunAsync(
            Line("usage", "\"events\":[{\"id\":\"1\",\"meter\":\"calls\",\"quantity\":7}]"),
            Line("change_plan", "\"offer_id\":\"silver_offer\",\"at\":\"period_end\""),
            Line("undo_plan_change"),
            Line("billing_date", "\"date\":\"2024-03-05\""),
            Line("give", "\"recurrences\":1"),
            Line("pause", "\"at\":\"now\",\"until\":\"2024-02-20T00:00:00Z\""),
            Line("resume"),
            Line("apply_coupon", "\"coupon\":\"TENTH\""));

        Assert.Equal([200, 200, 200, 200, 200, 200, 200, 200], answers.Select(Status));
        var read = await gateway.ReadAsync("s");
        Assert.Equal("active", read.String("status"));
        Assert.Equal("2024-03-05T00:00:00Z", read.String("next_billing_at"));
        Assert.Equal("zoe", read.String("affiliate_id"));
        Assert.Equal(
            ["coupon", "gift", "coupon"],
            read.Json.GetProperty("discounts").EnumerateArray().Select(d => d.GetProperty("source").GetString()));
        Assert.Equal("""[{"meter":"calls","units":7}]""", read.Json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task A_faulty_line_names_its_field()
    {
        await gateway.SubscribeAsync("s");
        var answers = await RunAsync(
            Line("usage", "\"events\":[{\"id\":\"1\",\"meter\":\"calls\",\"quantity\":-7}]"),
            Line("change_plan", "\"at\":\"now\""),
            Line("change_plan", "\"offer_id\":\"nothing\",\"at\":\"now\""),
            Line("billing_date", "\"date\":\"tomorrow\""),
            Line("pause"),
            Line("apply_coupon", "\"coupon\":\"NOTHING\""),
            Line("give", "\"recurrences\":0"),
            Line("resume", "\"now\":true"),
            Subscribe("t", ",\"addons\":[null]"));

        Assert.Equal(
            ["events[0].quantity", "offer_id", "offer_id", "date", "at", "coupon", "recurrences", "now", "addons[0]"],
            answers.Select(a => a.GetProperty("error").GetProperty("field").GetString()));
        Assert.Equal([422, 400, 404, 422, 400, 404, 422, 400, 400], answers.Select(Status));
    }

    [Fact]
    public async Task A_limited_coupon_is_not_redeemed_beyond_its_limit_and_a_repeat_takes_none()
    {
        var keyed = Subscribe("s0", ",\"coupon\":\"HALF\",\"idempotency_key\":\"k\"");
        var answers = await RunAsync(keyed, Subscribe("s1", ",\"coupon\":\"HALF\""), keyed);
        Assert.Equal([201, 201, 201], answers.Select(Status));
        Assert.True(answers[2].GetProperty("replayed").GetBoolean());

        var late = await RunAsync(Subscribe("s2", ",\"coupon\":\"HALF\""), keyed);
        Assert.Equal([409, 201], late.Select(Status));
        Assert.Equal("coupon_exhausted", Code(late[0]));
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/coupons/HALF")).Expect(200).Number("redemptions"));
    }

    [Fact]
    public async Task Roles_hold_for_every_line()
    {
        await gateway.SubscribeAsync("s");
        var alice = await gateway.AsCustomerAsync("alice");
        var answers = Answers(await alice.StreamAsync(
            Line("give", "\"recurrences\":1"), Line("usage", "\"events\":[{\"id\":\"1\",\"meter\":\"calls\"}]"),
            Line("change_plan", "\"offer_id\":\"silver_offer\",\"at\":\"period_end\"")));
        Assert.Equal([403, 403, 200], answers.Select(Status));
    }

    private static string Subscribe(string id, string fields) =>
        $$$"""{"type":"subscribe","subscription_id":"{{{id}}}","offer_id":"gold_offer","customer":{"id":"alice","country":"BR"}""" +
        $$$""","payment_method":{"token":"tok_ok"}{{{fields}}}}""";

    private static string Line(string type, string fields = "") => BulkStreams.Line(type, "s", fields);

    private async Task<List<JsonElement>> RunAsync(params string[] lines) => Answers(await gateway.Admin.StreamAsync(lines));
}
