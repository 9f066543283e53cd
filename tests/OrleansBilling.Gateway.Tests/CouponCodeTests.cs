using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Coupon codes as customers type them: unique per seller regardless of case, and not found out by guessing.</summary>
public sealed class CouponCodeTests : IAsyncLifetime
{
    private const string Coupons = "/v1/coupons";
    private const string Half = "\"percent\":50,\"duration\":\"forever\"";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 10_000);
        await gateway.SellAsync("other", seller: "other", amount: 10_000);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_code_means_the_coupon_of_the_offers_seller()
    {
        var mine = await MakeAsync("acme", "\"code\":\"Spring\"", Half);
        Assert.Equal("Spring", mine.String("code"));
        Assert.StartsWith("coupon_", mine.String("id"), StringComparison.Ordinal);
        await MakeAsync("other", "\"id\":\"quarter\",\"code\":\"SPRING\"", "\"percent\":25,\"duration\":\"forever\"");

        var read = await gateway.SubscribeAsync("s", fields: ",\"coupon\":\"sPRING\"");
        await gateway.SubscribeAsync("t", "other_offer", fields: ",\"coupon\":\"spring\"");

        var discount = Assert.Single(read.Json.GetProperty("discounts").EnumerateArray());
        Assert.Equal((mine.String("id"), "Spring"), (discount.GetProperty("id").GetString(), discount.GetProperty("code").GetString()));
        var invoice = Assert.Single(await gateway.InvoicesAsync("s"));
        Assert.Equal("Coupon Spring", invoice.GetProperty("lines")[1].GetProperty("description").GetString());
        Assert.Equal(5_000, Catalog.Total(invoice));
        Assert.Equal(7_500, Catalog.Total(Assert.Single(await gateway.InvoicesAsync("t"))));
    }

    [Fact]
    public async Task The_id_is_no_code_unless_it_was_made_one_by_saying_nothing()
    {
        await MakeAsync("acme", "\"id\":\"c1\",\"code\":\"SPRING\"", Half);
        await MakeAsync("acme", "\"id\":\"Autumn\"", Half);
        await gateway.SubscribeAsync("s");

        await ApplyAsync(gateway.Admin, "c1", 404, "coupon_not_found");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"AUTUMN"}""")).Expect(200);
    }

    [Fact]
    public async Task A_code_is_taken_within_its_seller_and_an_id_for_everybody()
    {
        await MakeAsync("acme", "\"id\":\"c1\",\"code\":\"SPRING\"", Half);

        await RefuseAsync("acme", "\"id\":\"c2\",\"code\":\"spring\"", "coupon_code_exists", "code");
        await RefuseAsync("acme", "\"id\":\"Spring\"", "coupon_code_exists", "code");
        await RefuseAsync("acme", "\"code\":\"sprinG\"", "coupon_code_exists", "code", key: "k");
        await RefuseAsync("other", "\"id\":\"c1\",\"code\":\"mine\"", "coupon_exists", "id");
        await MakeAsync("other", "\"id\":\"c2\",\"code\":\"spring\"", Half);

        async Task RefuseAsync(string seller, string names, string code, string field, string? key = null) =>
            (await gateway.Admin.PostAsync(Coupons, Body(seller, names, Half), key)).ExpectProblem(409, code, field);
    }

    [Fact]
    public async Task Making_one_again_under_its_key_is_a_repeat()
    {
        var body = Body("acme", "\"code\":\"SPRING\"", Half);
        var first = (await gateway.Admin.PostAsync(Coupons, body, "k")).Expect(201);
        var again = (await gateway.Admin.PostAsync(Coupons, body, "k")).Expect(201);

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("caf\u00e9")]
    public async Task A_code_is_made_of_what_ids_are_made_of(string code) =>
        (await gateway.Admin.PostAsync(Coupons, Body("acme", $"\"code\":\"{code}\"", Half))).ExpectProblem(422, "invalid_id", "code");

    [Fact]
    public async Task To_a_customer_every_code_that_cannot_be_had_is_the_same_and_to_its_seller_it_is_not()
    {
        await MakeAsync("acme", "\"code\":\"LATER\"", Half + ",\"redeem_from\":\"2025-01-01T00:00:00Z\"");
        await MakeAsync("acme", "\"code\":\"NOT-HERE\"", "\"amount\":5,\"currency\":\"USD\",\"duration\":\"once\"");
        await MakeAsync("acme", "\"code\":\"GONE\"", Half + ",\"redemptions_max\":1");
        await MakeAsync("other", "\"code\":\"THEIRS\"", Half);
        await gateway.SubscribeAsync("first", fields: ",\"coupon\":\"GONE\"");
        await gateway.SubscribeAsync("s");
        var alice = await gateway.AsCustomerAsync("alice");
        var answers = new HashSet<string>();
        foreach (var code in new[] { "NOTHING", "LATER", "NOT-HERE", "GONE", "THEIRS" })
            answers.Add(
                (await alice.PostAsync("/v1/subscriptions/s/apply-coupon", $$"""{"coupon":"{{code}}"}"""))
                    .ExpectProblem(422, "coupon_not_valid_here", "coupon").Text);

        Assert.Single(answers);
        var acme = await gateway.AsSellerAsync("acme");
        await ApplyAsync(acme, "NOTHING", 404, "coupon_not_found");
        await ApplyAsync(acme, "LATER", 422, "coupon_not_valid_now");
        await ApplyAsync(acme, "NOT-HERE", 422, "coupon_not_valid_here");
        await ApplyAsync(acme, "GONE", 409, "coupon_exhausted");
        await ApplyAsync(acme, "THEIRS", 404, "coupon_not_found");
    }

    [Fact]
    public async Task Nothing_is_told_of_codes_on_somebody_elses_subscription()
    {
        await MakeAsync("acme", "\"code\":\"SPRING\"", Half);
        await gateway.SubscribeAsync("s");
        foreach (var code in new[] { "SPRING", "NOTHING" })
        {
            (await Apply(await gateway.AsCustomerAsync("mallory"), code)).ExpectProblem(404, "subscription_not_found");
            (await Apply(await gateway.AsSellerAsync("other"), code)).ExpectProblem(404, "subscription_not_found");
        }
    }

    [Fact]
    public async Task Lines_of_a_stream_name_codes_too()
    {
        await MakeAsync("acme", "\"code\":\"SPRING\"", Half);
        await gateway.SubscribeAsync("s");
        var text = (await gateway.Admin.StreamAsync(
            """{"type":"subscribe","subscription_id":"t","offer_id":"gold_offer","customer":{"id":"bob"},"payment_method":""" +
            """{"token":"tok_ok"},"coupon":"spring"}""",
            """{"type":"apply_coupon","subscription_id":"s","coupon":"Spring"}""",
            """{"type":"apply_coupon","subscription_id":"s","coupon":"nothing"}""")).Expect(200).Text;

        Assert.Equal(1, text.Split("coupon_not_found").Length - 1);
        foreach (var id in new[] { "s", "t" })
            Assert.Equal("SPRING", (await gateway.ReadAsync(id)).Json.GetProperty("discounts")[0].GetProperty("code").GetString());
    }

    private static string Body(string seller, string names, string terms) => $$"""{"seller_id":"{{seller}}",{{names}},{{terms}}}""";

    private static Task<Reply> Apply(ApiClient caller, string code) =>
        caller.PostAsync("/v1/subscriptions/s/apply-coupon", $$"""{"coupon":"{{code}}"}""");

    private static async Task ApplyAsync(ApiClient caller, string coupon, int status, string code) =>
        (await Apply(caller, coupon)).ExpectProblem(status, code, "coupon");

    private async Task<Reply> MakeAsync(string seller, string names, string terms) =>
        (await gateway.Admin.PostAsync(Coupons, Body(seller, names, terms))).Expect(201);
}
