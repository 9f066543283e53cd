using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Coupons: the discount, how often and for whom it applies, and the redemptions left.</summary>
public sealed class CouponTests : IAsyncLifetime
{
    private const string Coupons = "/v1/coupons";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 10_000);
        await gateway.AlsoSellAsync("silver", 5_000);
        await gateway.AlsoSellAsync("yearly", 100_000, unit: "year");
        await gateway.SellAsync("other", seller: "other");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_coupon_shows_what_it_is_and_how_often_it_was_redeemed()
    {
        var made = await MakeAsync(
            "WELCOME",
            "\"product_id\":\"gold_product\",\"plan_ids\":[\"gold_plan\"],\"percent\":12.5,\"duration\":\"repeating\",\"recurrences\":3," +
            "\"redemptions_max\":10,\"redeem_from\":\"2024-01-01T00:00:00Z\",\"redeem_until\":\"2025-01-01T00:00:00Z\"");
        Assert.Equal(
            """{"id":"WELCOME","code":"WELCOME","seller_id":"acme","product_id":"gold_product","plan_ids":["gold_plan"],"percent":12.5""" +
            ""","amount":null,"currency":null,"duration":"repeating","recurrences":3,"redemptions_max":10""" +
            ""","redeem_from":"2024-01-01T00:00:00Z","redeem_until":"2025-01-01T00:00:00Z","redemptions":0""" +
            ""","archived":false,"created_at":"2024-01-31T00:00:00Z"}""",
            made.Text);
        await gateway.SubscribeAsync("s", fields: ",\"coupon\":\"WELCOME\"");
        Assert.Equal(
            made.Text.Replace("\"redemptions\":0", "\"redemptions\":1", StringComparison.Ordinal),
            (await gateway.Admin.GetAsync($"{Coupons}/WELCOME")).Expect(200).Text);
        Assert.StartsWith(
            "coupon_",
            (await gateway.Admin.PostAsync(Coupons, """{"seller_id":"acme","amount":1,"currency":"BRL","duration":"once"}""")).Expect(201)
                .String("id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"percent\":12.5,\"duration\":\"once\"", 8750, 10_000, 10_000)]
    [InlineData("\"percent\":0.005,\"duration\":\"forever\"", 9999, 9999, 9999)]
    [InlineData("\"amount\":3000,\"currency\":\"BRL\",\"duration\":\"repeating\",\"recurrences\":2", 7000, 7000, 10_000)]
    [InlineData("\"percent\":100,\"duration\":\"once\"", 0, 10_000, 10_000)]
    public async Task It_lowers_the_price_for_as_long_as_it_lasts(string terms, long first, long second, long third)
    {
        await MakeAsync("C", terms);
        await gateway.SubscribeAsync("s", fields: ",\"coupon\":\"C\"");
        await gateway.AdvanceAsync("2024-03-31T00:00:00Z");
        Assert.Equal([first, second, third], (await gateway.InvoicesAsync("s")).Select(Catalog.Total));
    }

    [Fact]
    public async Task A_customer_redeems_a_coupon_from_the_next_recurrence_on()
    {
        await MakeAsync("C", "\"percent\":50,\"duration\":\"once\"");
        await gateway.SubscribeAsync("s");
        var alice = await gateway.AsCustomerAsync("alice");

        var applied = (await alice.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"C"}""")).Expect(200);

        Assert.Equal(
            """[{"source":"coupon","id":"C","code":"C","percent":50,"amount":null,"from_index":2,"to_index":2}]""",
            applied.Json.GetProperty("discounts").GetRawText());
        (await alice.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"C"}""")).ExpectProblem(409, "coupon_applied", "coupon");
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 10000", "discount -5000"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[1]));
    }

    [Fact]
    public async Task One_redemption_lowers_prices_once_even_after_its_recurrences_are_over()
    {
        await MakeAsync("C", "\"percent\":50,\"duration\":\"once\"");
        await gateway.SubscribeAsync("s");
        var first = (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"C"}""", "once")).Expect(200);
        await gateway.AskAsync("s", "change-plan", """{"offer_id":"yearly_offer","at":"now"}""");
        await gateway.AskAsync("s", "change-plan", """{"offer_id":"gold_offer","at":"now"}""");
        Assert.Equal("[]", (await gateway.ReadAsync("s")).Json.GetProperty("discounts").GetRawText());

        (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"C"}"""))
            .ExpectProblem(409, "coupon_applied", "coupon");
        var again = (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"C"}""", "once")).Expect(200);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        await RedeemedAsync("C", 1);
    }

    [Fact]
    public async Task Of_many_at_once_only_so_many_redeem_it_as_it_says()
    {
        await MakeAsync("FEW", "\"percent\":50,\"duration\":\"once\",\"redemptions_max\":3");
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 12)
                .Select(n => gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe($"s{n}", fields: ",\"coupon\":\"FEW\""))));

        Assert.Equal(3, replies.Count(reply => reply.Status == 201));
        Assert.All(replies.Where(reply => reply.Status != 201), reply => reply.ExpectProblem(409, "coupon_exhausted", "coupon"));
        await RedeemedAsync("FEW", 3);
        Assert.Equal(3, (await gateway.Admin.GetAsync("/v1/subscriptions")).Data.Count());
    }

    [Fact]
    public async Task What_is_refused_gives_its_redemption_back()
    {
        await MakeAsync("ONE", "\"percent\":50,\"duration\":\"once\",\"redemptions_max\":1");
        await gateway.SubscribeAsync("taken");
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("taken", fields: ",\"coupon\":\"ONE\"")))
            .ExpectProblem(409, "subscription_exists", "id");
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("x", "other_offer", fields: ",\"coupon\":\"ONE\"")))
            .ExpectProblem(404, "coupon_not_found", "coupon");
        (await gateway.Admin.PostAsync("/v1/subscriptions/nobody/apply-coupon", """{"coupon":"ONE"}"""))
            .ExpectProblem(404, "subscription_not_found");
        (await (await gateway.AsCustomerAsync("bob")).PostAsync("/v1/subscriptions/taken/apply-coupon", """{"coupon":"ONE"}"""))
            .ExpectProblem(404, "subscription_not_found");
        await RedeemedAsync("ONE", 0);

        await gateway.SubscribeAsync("s", fields: ",\"coupon\":\"ONE\"");
        await RedeemedAsync("ONE", 1);
        (await gateway.Admin.PostAsync("/v1/subscriptions/taken/apply-coupon", """{"coupon":"ONE"}"""))
            .ExpectProblem(409, "coupon_exhausted", "coupon");
    }

    [Fact]
    public async Task Of_two_simultaneous_requests_of_one_subscription_the_refused_one_leaves_the_redemption_of_the_other()
    {
        for (var n = 0; n < 10; n++)
        {
            await MakeAsync($"ONE{n}", "\"percent\":50,\"duration\":\"once\",\"redemptions_max\":1");
            var body = Catalog.Subscribe($"s{n}", fields: $",\"coupon\":\"ONE{n}\"");
            var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => gateway.Admin.PostAsync("/v1/subscriptions", body)));
            Assert.Single(replies, reply => reply.Status == 201);
            await RedeemedAsync($"ONE{n}", 1);
        }
    }

    [Fact]
    public async Task It_is_good_within_its_dates_and_plans_only()
    {
        await MakeAsync(
            "LATER",
            "\"percent\":50,\"duration\":\"once\",\"redeem_from\":\"2024-02-01T00:00:00Z\",\"redeem_until\":\"2024-02-10T00:00:00Z\"");
        await MakeAsync("SILVER", "\"percent\":50,\"duration\":\"once\",\"plan_ids\":[\"silver_plan\"]");
        await MakeAsync("DOLLARS", "\"amount\":100,\"currency\":\"USD\",\"duration\":\"once\"");
        await gateway.SubscribeAsync("s");

        await ApplyAsync("LATER", 422, "coupon_not_valid_now");
        await ApplyAsync("SILVER", 422, "coupon_not_valid_here");
        await ApplyAsync("DOLLARS", 422, "coupon_not_valid_here");
        await ApplyAsync("NOTHING", 404, "coupon_not_found");
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"LATER"}""")).Expect(200);

        async Task ApplyAsync(string coupon, int status, string code) =>
            (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", $$"""{"coupon":"{{coupon}}"}"""))
                .ExpectProblem(status, code, "coupon");
    }

    [Fact]
    public async Task Recurrences_can_be_given_away()
    {
        await gateway.SubscribeAsync("s");
        var given = await gateway.AskAsync("s", "give", """{"recurrences":2}""");
        var gift = Assert.Single(given.Json.GetProperty("discounts").EnumerateArray());
        Assert.Equal("gift", gift.GetProperty("source").GetString());
        Assert.Equal(JsonValueKind.Null, gift.GetProperty("id").ValueKind);
        Assert.Equal((2, 3), (gift.GetProperty("from_index").GetInt32(), gift.GetProperty("to_index").GetInt32()));
        await gateway.AdvanceAsync("2024-04-30T00:00:00Z");
        Assert.Equal([10_000L, 0, 0, 10_000], (await gateway.InvoicesAsync("s")).Select(Catalog.Total));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/give", """{"recurrences":1201}"""))
            .ExpectProblem(422, "out_of_range", "recurrences");
    }

    [Theory]
    [InlineData("""{"percent":10,"duration":"once"}""", 400, "required", "seller_id")]
    [InlineData("""{"seller_id":"acme","duration":"once"}""", 400, "required", "percent")]
    [InlineData("""{"seller_id":"acme","percent":10,"amount":5,"currency":"BRL","duration":"once"}""", 422, "ambiguous", "amount")]
    [InlineData("""{"seller_id":"acme","amount":5,"duration":"once"}""", 400, "required", "currency")]
    [InlineData("""{"seller_id":"acme","percent":5,"currency":"BRL","duration":"once"}""", 422, "ambiguous", "currency")]
    [InlineData("""{"seller_id":"acme","amount":5,"currency":"XYZ","duration":"once"}""", 422, "unknown_currency", "currency")]
    [InlineData("""{"seller_id":"acme","percent":0,"duration":"once"}""", 422, "out_of_range", "percent")]
    [InlineData("""{"seller_id":"acme","percent":100.001,"duration":"once"}""", 422, "out_of_range", "percent")]
    [InlineData("""{"seller_id":"acme","percent":0.0005,"duration":"once"}""", 422, "invalid_percent", "percent")]
    [InlineData("""{"seller_id":"acme","percent":1e30,"duration":"once"}""", 422, "invalid_percent", "percent")]
    [InlineData("""{"seller_id":"acme","percent":"10","duration":"once"}""", 400, "wrong_type", "percent")]
    [InlineData("""{"seller_id":"acme","amount":0,"currency":"BRL","duration":"once"}""", 422, "out_of_range", "amount")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"twice"}""", 422, "invalid_value", "duration")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"repeating"}""", 400, "required", "recurrences")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"repeating","recurrences":1201}""", 422, "out_of_range", "recurrences")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"forever","recurrences":2}""", 422, "ambiguous", "recurrences")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"once","redemptions_max":0}""", 422, "out_of_range", "redemptions_max")]
    [InlineData(
        """{"seller_id":"acme","percent":10""" +
        ""","duration":"once","redeem_from":"2024-02-01T00:00:00Z","redeem_until":"2024-02-01T00:00:00Z"}""",
        422, "out_of_range", "redeem_until")]
    [InlineData(
        """{"seller_id":"acme","percent":10,"duration":"once","product_id":"other_product"}""", 404, "product_not_found", "product_id")]
    [InlineData(
        """{"seller_id":"acme","percent":10,"duration":"once","plan_ids":["gold_plan","other_plan"]}""", 404, "plan_not_found",
        "plan_ids[1]")]
    [InlineData(
        """{"seller_id":"acme","percent":10,"duration":"once","plan_ids":["gold_plan","gold_plan"]}""", 422, "duplicate", "plan_ids[1]")]
    [InlineData("""{"seller_id":"acme","percent":10,"duration":"once","plan_ids":[null]}""", 400, "wrong_type", "plan_ids[0]")]
    public async Task A_coupon_that_cannot_be_is_refused(string body, int status, string code, string field) =>
        (await gateway.Admin.PostAsync(Coupons, body)).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_coupon_names_fifty_plans_at_most()
    {
        var plans = string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"plan{n}\""));
        (await gateway.Admin.PostAsync(Coupons, $$"""{"seller_id":"acme","percent":10,"duration":"once","plan_ids":[{{plans}}]}"""))
            .ExpectProblem(422, "out_of_range", "plan_ids");
    }

    [Fact]
    public async Task A_seller_makes_and_sees_its_own_coupons_only()
    {
        await MakeAsync("MINE", "\"percent\":10,\"duration\":\"once\"");
        var other = await gateway.AsSellerAsync("other");
        (await other.GetAsync($"{Coupons}/MINE")).ExpectProblem(404, "coupon_not_found");
        (await other.PostAsync(Coupons, """{"seller_id":"acme","percent":10,"duration":"once"}"""))
            .ExpectProblem(403, "forbidden", "seller_id");
        (await other.PostAsync(Coupons, """{"id":"MINE","seller_id":"other","percent":10,"duration":"once"}"""))
            .ExpectProblem(409, "coupon_exists", "id");
        (await gateway.Admin.GetAsync($"{Coupons}/nothing")).ExpectProblem(404, "coupon_not_found");
    }

    private async Task<Reply> MakeAsync(string id, string terms) =>
        (await gateway.Admin.PostAsync(Coupons, $$"""{"id":"{{id}}","seller_id":"acme",{{terms}}}""")).Expect(201);

    private async Task RedeemedAsync(string id, long times) =>
        Assert.Equal(times, (await gateway.Admin.GetAsync($"{Coupons}/{id}")).Expect(200).Number("redemptions"));
}
