using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Coupons;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What answers reveal, to whom, and who may cache them.</summary>
public sealed class DisclosureTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            offerFields: ""","split":[{"role":"affiliate","percent":30}]""",
            productFields: ""","retention":{"offers":[{"id":"half","discount":{"percent":50,"recurrences":1}}]}""");
        await gateway.SubscribeAsync("s", fields: ""","affiliate_id":"zoe" """);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData("GET", "/v1/subscriptions/s", null)]
    [InlineData("GET", "/v1/subscriptions", null)]
    [InlineData("GET", "/v1/subscriptions/s?as_of=2024-01-31T00:00:00Z", null)]
    [InlineData("GET", "/v1/subscriptions/s/events", null)]
    [InlineData("GET", "/v1/subscriptions/s/invoices", null)]
    [InlineData("GET", "/v1/invoices", null)]
    [InlineData("GET", "/v1/invoices/s:1", null)]
    [InlineData("GET", "/v1/subscriptions/s/credit-notes", null)]
    [InlineData("GET", "/v1/credit-notes", null)]
    [InlineData("GET", "/v1/chargebacks", null)]
    [InlineData("POST", "/v1/subscriptions/s/payment-method", """{"token":"tok_ok"}""")]
    [InlineData("POST", "/v1/subscriptions/s/change-plan/preview", """{"quantity":2,"at":"now"}""")]
    [InlineData("POST", "/v1/subscriptions/s/retention", null)]
    public async Task Who_brought_a_customer_is_told_to_the_seller_and_not_to_the_customer(string method, string path, string? body)
    {
        var alice = await gateway.AsCustomerAsync("alice");
        Assert.DoesNotContain(
            "zoe", (await alice.SendAsync(new HttpMethod(method), path, body)).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seller_still_sees_who_brought_a_customer()
    {
        var acme = await gateway.AsSellerAsync("acme");
        Assert.Equal("zoe", (await acme.GetAsync("/v1/subscriptions/s")).Expect(200).String("affiliate_id"));
        Assert.Contains("zoe", (await acme.GetAsync("/v1/subscriptions/s/events")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_subscription_tells_of_no_coupon()
    {
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"REAL","seller_id":"acme","percent":50,"duration":"once"}""")).Expect(201);
        var mallory = await gateway.AsCustomerAsync("mallory");
        var real = (await mallory.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"REAL"}"""))
            .ExpectProblem(404, "subscription_not_found");
        var none = (await mallory.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"NONE"}"""))
            .ExpectProblem(404, "subscription_not_found");
        Assert.Equal(real.Text, none.Text);
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying()
    {
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"REAL","seller_id":"acme","percent":50,"duration":"once"}""")).Expect(201);
        await gateway.SubscribeAsync("t", customer: "bob");
        var alice = await gateway.AsCustomerAsync("alice");
        for (var n = 0; n < CouponGuesses.MissesMax; n++)
            (await alice.PostAsync("/v1/subscriptions/s/apply-coupon", $$"""{"coupon":"GUESS{{n}}"}""")).Expect(422);

        // Neither another token of the same customer nor a stream gets around the limit.
        (await alice.PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"REAL"}"""))
            .ExpectProblem(429, "too_many_coupon_guesses", "coupon");
        var again = await gateway.AsCustomerAsync("alice");
        var line = BulkStreams.Answers(await again.StreamAsync(BulkStreams.Line("apply_coupon", "s", "\"coupon\":\"REAL\""))).Single();
        Assert.Equal((429, "too_many_coupon_guesses"), (BulkStreams.Status(line), BulkStreams.Code(line)));

        // Other callers are not affected.
        (await (await gateway.AsCustomerAsync("bob")).PostAsync("/v1/subscriptions/t/apply-coupon", """{"coupon":"REAL"}""")).Expect(200);
        (await (await gateway.AsSellerAsync("acme")).PostAsync("/v1/subscriptions/s/apply-coupon", """{"coupon":"REAL"}""")).Expect(200);
    }

    [Fact]
    public async Task Tokens_end_with_the_key_that_made_them()
    {
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme"}""")).Expect(201);
        var alice = await gateway.AsCustomerAsync("alice", gateway.As(made.String("key")));
        (await alice.GetAsync("/v1/subscriptions/s")).Expect(200);

        (await gateway.Admin.DeleteAsync($"/v1/api-keys/{made.String("id")}")).Expect(204);

        (await alice.GetAsync("/v1/subscriptions/s")).ExpectProblem(401, "invalid_key");
        (await (await gateway.AsCustomerAsync("alice")).GetAsync("/v1/subscriptions/s")).Expect(200);
    }

    [Fact]
    public async Task Tokens_live_no_longer_than_the_key_that_made_them()
    {
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme","expires_in_seconds":60}"""))
            .Expect(201);
        var token = (
            await gateway.As(made.String("key")).PostAsync("/v1/customer-tokens", """{"customer_id":"alice","expires_in_seconds":86400}"""))
                .Expect(201);
        Assert.Equal(made.String("expires_at"), token.String("expires_at"));
    }

    [Fact]
    public async Task Answers_with_secrets_are_not_to_be_stored_and_none_is_to_be_sniffed()
    {
        var key = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201);
        var token = (await gateway.Admin.PostAsync("/v1/customer-tokens", """{"customer_id":"alice"}""")).Expect(201);
        Assert.All([key, token], reply => Assert.True(reply.Headers.CacheControl!.NoStore));

        Reply[] any =
        [
            key, token, await gateway.Admin.GetAsync("/v1/subscriptions/s"), await gateway.Admin.GetAsync("/v1/subscriptions/none"),
            await gateway.Admin.GetAsync("/nowhere"),
            await gateway.As(null).GetAsync("/v1/subscriptions"), await gateway.As(null).GetAsync("/health/live"),
            await gateway.As(null).GetAsync("/openapi/v1.json"),
            await gateway.Admin.StreamAsync("nonsense"), await gateway.Admin.PutAsync("/v1/products", "{}"),
            await gateway.Admin.DeleteAsync($"/v1/api-keys/{key.String("id")}"),
        ];
        Assert.All(any, reply => Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options"))));
    }
}
