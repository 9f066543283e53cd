using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Refusals that depend on stored data, the path, the query or the key.</summary>
public sealed class RefusalTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("/v1/subscriptions/nobody/cancel", """{"at":"now"}""", 404, "subscription_not_found", null)]
    [InlineData("/v1/subscriptions/not%20an%20id/cancel", """{"at":"now"}""", 404, "subscription_not_found", null)]
    [InlineData("/v1/subscriptions/ended/cancel", """{"at":"now"}""", 409, "subscription_ended", null)]
    [InlineData("/v1/subscriptions/leaving/cancel", """{"at":"period_end"}""", 409, "cancellation_scheduled", null)]
    [InlineData("/v1/subscriptions/active/uncancel", null, 409, "no_cancellation_scheduled", null)]
    [InlineData("/v1/subscriptions/active/reactivate", null, 409, "not_canceled", null)]
    [InlineData("/v1/subscriptions/active/retry", null, 409, "nothing_overdue", null)]
    [InlineData("/v1/subscriptions/active/end-trial", null, 409, "not_trialing", null)]
    [InlineData("/v1/subscriptions/ended/payment-method", """{"token":"tok_ok"}""", 409, "subscription_ended", null)]
    [InlineData(
        "/v1/plans", """{"product_id":"nothing","name":"n","interval":{"unit":"month","count":1}}""", 404, "product_not_found",
        "product_id")]
    [InlineData("/v1/offers", """{"plan_id":"nothing","amount":1,"currency":"BRL"}""", 404, "plan_not_found", "plan_id")]
    [InlineData("/v1/subscriptions", """{"offer_id":"nothing","customer":{"id":"a"}}""", 404, "offer_not_found", "offer_id")]
    [InlineData("/v1/products", """{"id":"gold_product","seller_id":"acme","name":"n"}""", 409, "product_exists", "id")]
    [InlineData(
        "/v1/plans", """{"id":"gold_plan","product_id":"gold_product","name":"n","interval":{"unit":"month","count":1}}""", 409,
        "plan_exists", "id")]
    [InlineData("/v1/offers", """{"id":"gold_offer","plan_id":"gold_plan","amount":1,"currency":"BRL"}""", 409, "offer_exists", "id")]
    [InlineData(
        "/v1/subscriptions", """{"id":"active","offer_id":"gold_offer","customer":{"id":"a"},"payment_method":{"token":"tok_ok"}}""", 409,
        "subscription_exists", "id")]
    [InlineData("/v1/clock/advance", """{"to":"2024-01-30T00:00:00Z"}""", 422, "to_in_past", "to")]
    [InlineData("/v1/clock/advance", """{"to":"2050-01-30T00:00:00Z"}""", 422, "out_of_range", "to")]
    public async Task A_post_that_the_state_does_not_allow_is_refused(string path, string? body, int status, string code, string? field) =>
        (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(status, code, field);

    [Theory]
    [InlineData("/v1/subscriptions/nobody", 404, "subscription_not_found", null)]
    [InlineData("/v1/subscriptions/nobody/invoices", 404, "subscription_not_found", null)]
    [InlineData("/v1/subscriptions/nobody/events", 404, "subscription_not_found", null)]
    [InlineData("/v1/products/nothing", 404, "product_not_found", null)]
    [InlineData("/v1/plans/nothing", 404, "plan_not_found", null)]
    [InlineData("/v1/offers/nothing", 404, "offer_not_found", null)]
    [InlineData("/v1/nothing", 404, "route_not_found", null)]
    [InlineData("/v1/subscriptions/active/stop", 404, "route_not_found", null)]
    [InlineData("/v1/subscriptions/active/pause", 405, "method_not_allowed", null)]
    [InlineData("/v1/commands", 405, "method_not_allowed", null)]
    [InlineData("/v1/subscriptions?limit=abc", 400, "wrong_type", "limit")]
    [InlineData("/v1/subscriptions?limit=0", 422, "out_of_range", "limit")]
    [InlineData("/v1/subscriptions?limit=201", 422, "out_of_range", "limit")]
    [InlineData("/v1/subscriptions?status=alive", 422, "invalid_value", "status")]
    [InlineData("/v1/subscriptions?customer_id=a%20b", 422, "invalid_id", "customer_id")]
    [InlineData("/v1/subscriptions?cursor=nonsense", 422, "invalid_cursor", "cursor")]
    [InlineData("/v1/subscriptions?colour=red", 400, "unknown_field", "colour")]
    [InlineData("/v1/subscriptions?limit=1&limit=2", 400, "duplicate_field", "limit")]
    [InlineData("/v1/subscriptions/active?as_of=2024-01-31", 422, "invalid_instant", "as_of")]
    [InlineData("/v1/subscriptions/active/invoices?cursor=MXg", 422, "invalid_cursor", "cursor")]
    [InlineData("/v1/clock?verbose=1", 400, "unknown_field", "verbose")]
    [InlineData("/v1/statistics/summary?from=2024-02-30", 422, "invalid_date", "from")]
    [InlineData("/v1/statistics/summary?from=2024-02-02&to=2024-02-01", 422, "out_of_range", "from")]
    [InlineData("/v1/statistics/cancellations?from=2000-01-01&to=2024-02-01", 422, "out_of_range", "from")]
    [InlineData("/v1/statistics/cancellations/monthly?group_by=colour", 422, "invalid_value", "group_by")]
    [InlineData("/v1/statistics/cancellations/daily?group_by=plan", 400, "unknown_field", "group_by")]
    public async Task A_get_that_makes_no_sense_is_refused(string path, int status, string code, string? field) =>
        (await shared.Gateway.Admin.GetAsync(path)).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_wrong_method_names_the_right_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/subscriptions/active/cancel");
        using var http = new HttpClient { BaseAddress = shared.Gateway.Address };
        using var response = await http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(null, "unauthenticated")]
    [InlineData("wrong", "invalid_key")]
    public async Task Without_a_known_key_nothing_is_told(string? key, string code)
    {
        var reply = (await shared.Gateway.As(key).PostAsync("/v1/products", "nonsense")).ExpectProblem(401, code);
        Assert.StartsWith("Bearer", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public async Task Another_scheme_or_an_empty_key_is_none(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/clock");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        (await shared.Gateway.As(null).SendAsync(request)).Expect(401);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("\u007f")]
    [InlineData("")]
    public async Task An_idempotency_key_is_visible_ASCII(string key) =>
        (await shared.Gateway.Admin.PostAsync("/v1/subscriptions/active/retry", null, key))
            .ExpectProblem(422, "invalid_idempotency_key", "Idempotency-Key");

    [Fact]
    public async Task An_idempotency_key_has_255_characters_at_most()
    {
        (await shared.Gateway.Admin.PostAsync("/v1/subscriptions/active/retry", null, new string('k', 256)))
            .ExpectProblem(422, "invalid_idempotency_key", "Idempotency-Key");
        (await shared.Gateway.Admin.PostAsync("/v1/subscriptions/active/retry", null, new string('k', 255)))
            .ExpectProblem(409, "nothing_overdue");
    }

    [Fact]
    public async Task Offers_keep_their_plan_and_currency()
    {
        var admin = shared.Gateway.Admin;
        (await admin.PutAsync("/v1/offers/gold_offer", """{"amount":1,"currency":"USD"}""")).ExpectProblem(422, "immutable", "currency");
        (await admin.PutAsync("/v1/offers/gold_offer", """{"amount":1,"plan_id":"trial_plan"}"""))
            .ExpectProblem(422, "immutable", "plan_id");
        (await admin.PutAsync("/v1/offers/gold_offer", """{"amount":-1}""")).ExpectProblem(422, "out_of_range", "amount");
        (await admin.PutAsync("/v1/offers/nothing", """{"amount":1}""")).ExpectProblem(404, "offer_not_found");
    }
}
