using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Permissions: administrators may do everything; sellers, customers and partners only with what is their own.</summary>
public sealed class RolesTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Cancel = """{"at":"period_end"}""";

    /// <summary>Method, path, body, and the status for the seller, another seller, the customer, another one, a partner.</summary>
    public static TheoryData<string, string, string?, int, int, int, int, int> Matrix => new()
    {
        { "POST", "/v1/products", """{"seller_id":"acme","name":"n"}""", 201, 403, 403, 403, 403 },
        { "GET", "/v1/products", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/products?seller_id=acme,other", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/products/gold_product", null, 200, 200, 200, 200, 403 },
        { "PATCH", "/v1/products/gold_product", """{"name":"n"}""", 200, 404, 403, 403, 403 },
        { "POST", "/v1/products/spare_product/archive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/products/spare_product/unarchive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/plans", """{"product_id":"gold_product","name":"n","interval":{"unit":"day","count":1}}""",
            201, 404, 403, 403, 403 },
        { "GET", "/v1/plans", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/plans/gold_plan", null, 200, 200, 200, 200, 403 },
        { "PATCH", "/v1/plans/gold_plan", """{"name":"n"}""", 200, 404, 403, 403, 403 },
        { "POST", "/v1/plans/spare_plan/archive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/plans/spare_plan/unarchive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/offers", """{"plan_id":"gold_plan","amount":1,"currency":"BRL"}""", 201, 404, 403, 403, 403 },
        { "PUT", "/v1/offers/gold_offer", """{"amount":2990}""", 200, 404, 403, 403, 403 },
        { "GET", "/v1/offers", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/offers/gold_offer", null, 200, 200, 200, 200, 403 },
        { "POST", "/v1/offers/spare_offer/archive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/offers/spare_offer/unarchive", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/subscriptions", """{"offer_id":"gold_offer","customer":{"id":"alice"},"payment_method":{"token":"tok_ok"}}""", 201,
            404, 403, 403, 403 },
        { "GET", "/v1/subscriptions/active", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active?as_of=2024-01-31T00:00:00Z", null, 200, 404, 200, 404, 403 },
        { "PATCH", "/v1/subscriptions/active", """{"metadata":{"k":"v"}}""", 200, 404, 403, 403, 403 },
        { "PATCH", "/v1/subscriptions/ended", """{"metadata":null}""", 200, 404, 403, 403, 403 },
        { "GET", "/v1/subscriptions/active/invoices", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active/events", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active/upcoming-invoice", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active/usage", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active/usage?period=99", null, 404, 404, 404, 404, 403 },
        { "POST", "/v1/subscriptions/trialing/messages", """{"text":"Hello"}""", 201, 404, 201, 404, 403 },
        { "GET", "/v1/subscriptions/active/messages", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/invoices", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/invoices?seller_id=acme", null, 200, 403, 200, 200, 403 },
        { "GET", "/v1/invoices?customer_id=alice", null, 200, 200, 200, 403, 403 },
        { "GET", "/v1/invoices/active:1", null, 200, 404, 200, 404, 403 },
        { "POST", "/v1/invoices/active:1/retry", null, 409, 404, 403, 404, 403 },
        { "GET", "/v1/credit-notes", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/credit-notes?seller_id=acme", null, 200, 403, 200, 200, 403 },
        { "GET", "/v1/credit-notes?customer_id=alice", null, 200, 200, 200, 403, 403 },
        { "GET", "/v1/chargebacks", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/chargebacks?seller_id=acme", null, 200, 403, 200, 200, 403 },
        { "GET", "/v1/chargebacks?customer_id=alice", null, 200, 200, 200, 403, 403 },
        { "GET", "/v1/subscriptions", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/subscriptions?order_by=created_at", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/subscriptions?order_by=created_at&seller_id=acme", null, 200, 403, 200, 200, 403 },
        { "GET", "/v1/subscriptions?seller_id=acme", null, 200, 403, 200, 200, 403 },
        { "GET", "/v1/subscriptions?customer_id=alice", null, 200, 200, 200, 403, 403 },
        { "POST", "/v1/subscriptions/leaving/cancel", Cancel, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/uncancel", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/reactivate", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/end-trial", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/payment-method", """{"token":"tok_ok"}""", 200, 404, 200, 404, 403 },
        { "POST", "/v1/subscriptions/active/retry", null, 409, 404, 403, 404, 403 },
        { "POST", "/v1/subscriptions/trialing/extend-trial", """{"days":1}""", 200, 404, 403, 404, 403 },
        { "POST", "/v1/subscriptions/active/cancel", """{"at":"now","origin":"customer"}""", 403, 404, 403, 404, 403 },
        { "POST", "/v1/coupons", """{"seller_id":"acme","percent":1,"duration":"once"}""", 201, 403, 403, 403, 403 },
        { "GET", "/v1/coupons", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/coupons?seller_id=acme", null, 200, 403, 403, 403, 403 },
        { "GET", "/v1/coupons/nothing", null, 404, 404, 403, 403, 403 },
        { "PATCH", "/v1/coupons/nothing", "{}", 404, 404, 403, 403, 403 },
        { "POST", "/v1/coupons/nothing/end", null, 404, 404, 403, 403, 403 },
        { "POST", "/v1/coupons/nothing/archive", null, 404, 404, 403, 403, 403 },
        { "POST", "/v1/coupons/nothing/unarchive", null, 404, 404, 403, 403, 403 },
        { "POST", "/v1/subscriptions/active/change-plan", """{"quantity":1,"at":"now"}""", 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/change-plan/preview", """{"quantity":2,"at":"now"}""", 200, 404, 200, 404, 403 },
        { "POST", "/v1/subscriptions/active/undo-plan-change", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/leaving/pause", """{"at":"now"}""", 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/resume", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/leaving/billing-date", """{"date":"2024-03-05"}""", 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/billing-date/preview", """{"date":"2024-03-05"}""", 200, 404, 200, 404, 403 },
        { "POST", "/v1/subscriptions/active/apply-coupon", """{"coupon":"nothing"}""", 404, 404, 422, 404, 403 },
        { "POST", "/v1/subscriptions/active/retention", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/retention/accept", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/active/voucher", null, 409, 404, 409, 404, 403 },
        { "POST", "/v1/subscriptions/trialing/give", """{"recurrences":1}""", 200, 404, 403, 403, 403 },
        { "POST", "/v1/subscriptions/active/usage", """{"events":[{"id":"1","meter":"m"}]}""", 422, 404, 403, 403, 403 },
        { "POST", "/v1/subscriptions/active/invoices/9/refund", null, 404, 404, 403, 403, 403 },
        { "GET", "/v1/subscriptions/active/credit-notes", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/subscriptions/active/chargebacks", null, 200, 404, 200, 404, 403 },
        { "POST", "/v1/payments/confirm", """{"key":"active:1:1","outcome":"succeeded"}""", 403, 403, 403, 403, 403 },
        { "POST", "/v1/payments/chargebacks", """{"key":"active:1:1"}""", 403, 403, 403, 403, 403 },
        { "GET", "/v1/balances", null, 200, 200, 403, 403, 200 },
        { "GET", "/v1/balances?seller_id=acme", null, 200, 403, 403, 403, 200 },
        { "GET", "/v1/balances?party_id=acme", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/balances?party_id=zoe", null, 200, 200, 403, 403, 200 },
        { "GET", "/v1/balances/zoe/entries", null, 200, 200, 403, 403, 200 },
        { "GET", "/v1/balances/zoe/entries?seller_id=acme", null, 200, 403, 403, 403, 200 },
        { "GET", "/v1/balances/acme/entries", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/balances/acme/entries?seller_id=other", null, 200, 200, 403, 403, 403 },
        { "PUT", "/v1/sellers/acme", """{"name":"n"}""", 200, 404, 403, 403, 403 },
        { "GET", "/v1/sellers/nobody", null, 404, 404, 403, 403, 403 },
        { "PUT", "/v1/sellers/acme/logo", "{", 415, 415, 403, 403, 403 },
        { "GET", "/v1/sellers/acme/logo", null, 404, 404, 403, 403, 403 },
        { "DELETE", "/v1/sellers/acme/logo", null, 404, 404, 403, 403, 403 },
        { "POST", "/v1/customers", """{"name":"n"}""", 403, 403, 403, 403, 403 },
        { "GET", "/v1/customers", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/customers?seller_id=acme", null, 200, 403, 403, 403, 403 },
        { "GET", "/v1/customers/alice", null, 200, 404, 200, 404, 403 },
        { "GET", "/v1/customers/alice/entitlements", null, 200, 404, 200, 404, 403 },
        { "PATCH", "/v1/customers/alice", """{"name":"n"}""", 403, 403, 200, 404, 403 },
        { "GET", "/v1/search?q=active", null, 200, 200, 200, 200, 403 },
        { "GET", "/v1/search", null, 400, 400, 400, 400, 403 },
        { "POST", "/v1/webhook-endpoints", """{"url":"nonsense"}""", 422, 422, 403, 403, 403 },
        { "GET", "/v1/webhook-endpoints", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/webhook-endpoints?seller_id=acme", null, 200, 403, 403, 403, 403 },
        { "GET", "/v1/webhook-endpoints/nothing", null, 404, 404, 403, 403, 403 },
        { "GET", "/v1/webhook-endpoints/hook", null, 200, 404, 403, 403, 403 },
        { "PATCH", "/v1/webhook-endpoints/hook", "{}", 200, 404, 403, 403, 403 },
        { "DELETE", "/v1/webhook-endpoints/removed", null, 204, 404, 403, 403, 403 },
        { "POST", "/v1/webhook-endpoints/hook/rotate-secret", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/webhook-endpoints/hook/test", null, 200, 404, 403, 403, 403 },
        { "POST", "/v1/webhook-endpoints/hook/replay", null, 202, 404, 403, 403, 403 },
        { "GET", "/v1/webhook-endpoints/hook/deliveries", null, 200, 404, 403, 403, 403 },
        { "GET", "/v1/events", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/messages", null, 200, 200, 403, 403, 403 },
        { "POST", "/v1/messages/remove", """{"positions":[1]}""", 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/summary", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/reasons", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/reasons?seller_id=acme", null, 200, 403, 403, 403, 403 },
        { "GET", "/v1/statistics/affiliates", null, 200, 200, 403, 403, 200 },
        { "GET", "/v1/statistics/affiliates?seller_id=acme", null, 200, 403, 403, 403, 200 },
        { "GET", "/v1/statistics/affiliates?party_id=zoe", null, 200, 200, 403, 403, 200 },
        { "GET", "/v1/statistics/affiliates?party_id=bea", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/cohorts", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/forecast", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/mrr-movements", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/retention?product_id=gold_product", null, 200, 404, 403, 403, 403 },
        { "GET", "/v1/quarantine", null, 403, 403, 403, 403, 403 },
        { "POST", "/v1/quarantine/active/release", null, 403, 403, 403, 403, 403 },
        { "GET", "/v1/cluster", null, 403, 403, 403, 403, 403 },
        { "POST", "/v1/commands", null, 415, 415, 415, 415, 403 },
        { "GET", "/v1/statistics/cancellations?seller_id=acme", null, 200, 403, 403, 403, 403 },
        { "GET", "/v1/statistics/cancellations/monthly", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/cancellations/origins", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/statistics/cancellations/daily", null, 200, 200, 403, 403, 403 },
        { "POST", "/v1/simulations", """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","amount":1}]}}""",
            202, 404, 403, 403, 403 },
        { "POST", "/v1/simulations", """{"months":1,"seller_id":"acme","changes":{"dunning":{"max_retries":1}}}""",
            202, 403, 403, 403, 403 },
        { "GET", "/v1/simulations", null, 200, 200, 403, 403, 403 },
        { "GET", "/v1/simulations/any", null, 404, 404, 403, 403, 403 },
        { "DELETE", "/v1/simulations/any", null, 404, 404, 403, 403, 403 },
        { "GET", "/v1/clock", null, 200, 200, 200, 200, 403 },
        { "POST", "/v1/clock/advance", """{"to":"2024-01-31T00:00:00Z"}""", 403, 403, 403, 403, 403 },
        { "POST", "/v1/api-keys", """{"role":"admin"}""", 403, 403, 403, 403, 403 },
        { "POST", "/v1/api-keys", """{"role":"partner","party_id":"zoe"}""", 403, 403, 403, 403, 403 },
        { "GET", "/v1/api-keys", null, 403, 403, 403, 403, 403 },
        { "GET", "/v1/api-keys/any", null, 403, 403, 403, 403, 403 },
        { "DELETE", "/v1/api-keys/any", null, 403, 403, 403, 403, 403 },
        { "POST", "/v1/customer-tokens", """{"customer_id":"alice"}""", 201, 201, 403, 403, 403 },
        { "POST", "/v1/console-links", """{"role":"admin"}""", 403, 403, 403, 403, 403 },
        { "POST", "/v1/console-sessions", null, 201, 201, 403, 403, 201 },
        { "DELETE", "/v1/console-sessions", null, 204, 204, 403, 403, 204 },
        { "DELETE", "/v1/console-sessions/current", null, 204, 204, 403, 403, 204 },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Everyone_gets_what_is_their_own(
        string method, string path, string? body, int seller, int otherSeller, int customer, int otherCustomer, int partner)
    {
        await ExpectAsync(shared.Partner, partner);
        await ExpectAsync(shared.OtherCustomer, otherCustomer);
        await ExpectAsync(shared.Customer, customer);
        await ExpectAsync(shared.OtherSeller, otherSeller);
        await ExpectAsync(shared.Seller, seller);
        await ExpectAsync(shared.Gateway.As(null), 401);

        async Task ExpectAsync(ApiClient client, int status) => (await client.SendAsync(new HttpMethod(method), path, body)).Expect(status);
    }

    [Fact]
    public async Task Lists_show_only_what_is_their_own()
    {
        Assert.NotEmpty((await shared.Seller.GetAsync("/v1/subscriptions")).Expect(200).Data);
        Assert.Empty((await shared.OtherSeller.GetAsync("/v1/subscriptions")).Expect(200).Data);
        Assert.All(
            (await shared.Customer.GetAsync("/v1/subscriptions")).Expect(200).Data, s =>
                Assert.Equal("alice", s.GetProperty("customer").GetProperty("id").GetString()));
        Assert.Empty((await shared.OtherCustomer.GetAsync("/v1/subscriptions")).Expect(200).Data);
    }

    [Fact]
    public async Task A_token_that_a_seller_made_opens_that_sellers_subscriptions_only()
    {
        var byOther = await shared.Gateway.AsCustomerAsync("alice", shared.OtherSeller);
        (await byOther.GetAsync("/v1/subscriptions/active")).ExpectProblem(404, "subscription_not_found");
        (await byOther.PostAsync("/v1/subscriptions/active/cancel", Cancel)).ExpectProblem(404, "subscription_not_found");
        Assert.Empty((await byOther.GetAsync("/v1/subscriptions")).Expect(200).Data);

        var byOwn = await shared.Gateway.AsCustomerAsync("alice", shared.Seller);
        (await byOwn.GetAsync("/v1/subscriptions/active")).Expect(200);
    }

    [Fact]
    public async Task Statistics_of_a_seller_count_its_own_only()
    {
        Assert.NotEqual(0, await CountAsync(shared.Gateway.Admin));
        Assert.Equal(await CountAsync(shared.Gateway.Admin), await CountAsync(shared.Seller));
        Assert.Equal(0, await CountAsync(shared.OtherSeller));

        static async Task<long> CountAsync(ApiClient client) =>
            (await client.GetAsync("/v1/statistics/summary")).Expect(200).Json.GetProperty("counts").GetProperty("canceled").GetInt64();
    }

    [Fact]
    public async Task The_origin_of_a_cancellation_is_the_role_of_who_cancels()
    {
        await shared.Gateway.SubscribeAsync("by_customer");
        await shared.Gateway.SubscribeAsync("by_seller");
        Assert.Equal("customer", Origin(await shared.Customer.PostAsync("/v1/subscriptions/by_customer/cancel", """{"at":"now"}""")));
        Assert.Equal("seller", Origin(await shared.Seller.PostAsync("/v1/subscriptions/by_seller/cancel", """{"at":"now"}""")));

        static string? Origin(Reply reply) => reply.Expect(200).Json.GetProperty("cancellation").GetProperty("origin").GetString();
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_right_has_no_effect()
    {
        var before = (await shared.Gateway.Admin.GetAsync("/v1/subscriptions/active")).Expect(200).Number("version");
        (await shared.OtherCustomer.PostAsync("/v1/subscriptions/active/cancel", """{"at":"now"}""")).Expect(404);
        (await shared.OtherSeller.PostAsync("/v1/subscriptions/active/payment-method", """{"token":"tok_stolen"}""")).Expect(404);
        (await shared.Customer.PostAsync("/v1/subscriptions/active/retry")).Expect(403);
        Assert.Equal(before, (await shared.Gateway.Admin.GetAsync("/v1/subscriptions/active")).Expect(200).Number("version"));
    }

    [Fact]
    public async Task A_customer_changes_and_pauses_its_own_subscription()
    {
        await shared.Gateway.SubscribeAsync("own");
        (await shared.Customer.PostAsync("/v1/subscriptions/own/change-plan", """{"quantity":2,"at":"period_end"}""")).Expect(200);
        (await shared.Customer.PostAsync("/v1/subscriptions/own/undo-plan-change")).Expect(200);
        (await shared.Customer.PostAsync("/v1/subscriptions/own/billing-date", """{"date":"2024-03-05"}""")).Expect(200);
        (await shared.Customer.PostAsync("/v1/subscriptions/own/pause", """{"at":"now"}""")).Expect(200);
        (await shared.Customer.PostAsync("/v1/subscriptions/own/resume")).Expect(200);
    }

    [Fact]
    public async Task A_customer_whose_token_a_seller_made_changes_to_that_sellers_offers_only()
    {
        await shared.Gateway.SubscribeAsync("bound");
        await shared.Gateway.AlsoSellAsync("bound_to", 100);
        var byOwn = await shared.Gateway.AsCustomerAsync("alice", shared.Seller);
        (await byOwn.PostAsync("/v1/subscriptions/bound/change-plan", """{"offer_id":"other_offer","at":"period_end"}"""))
            .ExpectProblem(404, "offer_not_found", "offer_id");
        (await byOwn.PostAsync("/v1/subscriptions/bound/change-plan", """{"offer_id":"bound_to_offer","at":"period_end"}""")).Expect(200);
    }
}
