using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a customer has access to, through the life of its subscriptions.</summary>
public sealed class EntitlementTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.SellAsync("b", seller: "other", trialDays: 7);
        await gateway.AlsoSellAsync("year", 9_990, "a_product", unit: "year");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Each_product_is_named_once_by_what_lasts_longest()
    {
        (await gateway.Admin.GetAsync("/v1/customers/alice/entitlements")).ExpectProblem(404, "customer_not_found");
        await gateway.SubscribeAsync("s1", "a_offer");
        await gateway.SubscribeAsync("s2", "year_offer");
        await gateway.SubscribeAsync("s3", "b_offer");
        await gateway.SubscribeAsync("bobs", "a_offer", customer: "bob");

        Assert.Equal(
            """
            {"data":[{"product_id":"a_product","plan_id":"year_plan","offer_id":"year_offer","subscription_id":"s2","status":"active",
            "until":"2025-01-31T00:00:00Z"},
            {"product_id":"b_product","plan_id":"b_plan","offer_id":"b_offer","subscription_id":"s3","status":"trialing",
            "until":"2024-02-07T00:00:00Z"}],"next_cursor":null}
            """.ReplaceLineEndings(""),
            (await gateway.Admin.GetAsync("/v1/customers/alice/entitlements")).Expect(200).Text);
        Assert.Equal(["a_product s2"], await AccessAsync(await gateway.AsSellerAsync("acme")));
        Assert.Equal(["b_product s3"], await AccessAsync(await gateway.AsCustomerAsync("alice", await gateway.AsSellerAsync("other"))));
        Assert.Equal(["a_product s2", "b_product s3"], await AccessAsync(await gateway.AsCustomerAsync("alice")));
        Assert.Equal(["b_product s3"], await AccessAsync(gateway.Admin, "?product_id=b_product"));
        Assert.Equal(["a_product s2", "b_product s3"], await AccessAsync(gateway.Admin, "?product_id=b_product,a_product,none"));
        (await gateway.Admin.GetAsync("/v1/customers/alice/entitlements?product_id=a,%23")).ExpectProblem(422, "invalid_id", "product_id");

        var first = (await gateway.Admin.GetAsync("/v1/customers/alice/entitlements?limit=1")).Expect(200);
        Assert.Equal("a_product", Assert.Single(first.Data).GetProperty("product_id").GetString());
        Assert.Equal(["b_product s3"], await AccessAsync(gateway.Admin, $"?limit=1&cursor={first.String("next_cursor")}"));
    }

    [Fact]
    public async Task Access_lasts_through_dunning_and_to_a_scheduled_end_but_not_through_a_pause()
    {
        await gateway.SubscribeAsync("leaves", "a_offer", customer: "alice");
        await gateway.SubscribeAsync("pauses", "a_offer", customer: "bob");
        await gateway.SubscribeAsync("owes", "a_offer", customer: "cleo");
        await gateway.SubscribeAsync("waits", "a_offer", customer: "dora", token: "tok_voucher");
        await gateway.AskAsync("leaves", "cancel", """{"at":"period_end"}""");
        await gateway.AskAsync("pauses", "pause", """{"at":"now"}""");
        await gateway.AskAsync("owes", "payment-method", """{"token":"tok_insufficient_funds"}""");

        Assert.Equal(["a_product leaves"], await AccessAsync(gateway.Admin));
        Assert.Empty(await AccessAsync(gateway.Admin, of: "bob"));
        Assert.Empty(await AccessAsync(gateway.Admin, of: "dora"));

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Empty(await AccessAsync(gateway.Admin));
        Assert.Equal("past_due", (await gateway.ReadAsync("owes")).String("status"));
        Assert.Equal(["a_product owes"], await AccessAsync(gateway.Admin, of: "cleo"));
    }

    [Fact]
    public async Task However_many_subscriptions_ended_access_is_told()
    {
        var ids = Enumerable.Range(0, 1_001).Select(n => $"ended{n}").ToList();
        await RunAsync("subscribe", ""","offer_id":"b_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"} """);
        await RunAsync("cancel", ",\"at\":\"now\"");
        await gateway.SubscribeAsync("runs", "b_offer");

        Assert.Equal(["b_product runs"], await AccessAsync(gateway.Admin));

        async Task RunAsync(string type, string fields)
        {
            var lines = ids.Select(id => $$"""{"type":"{{type}}","subscription_id":"{{id}}"{{fields}}}""");
            var answers = (await gateway.Admin.StreamAsync([.. lines])).Expect(200).Text;
            Assert.DoesNotContain("\"error\"", answers, StringComparison.Ordinal);
        }
    }

    private static async Task<List<string>> AccessAsync(ApiClient api, string query = "", string of = "alice") =>
    [
        .. (await api.GetAsync($"/v1/customers/{of}/entitlements{query}")).Expect(200).Data
            .Select(one => $"{one.GetProperty("product_id").GetString()} {one.GetProperty("subscription_id").GetString()}"),
    ];
}
