using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Each error in a body has a code and names the wrong field.</summary>
public sealed class BodyFaultTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Product = "/v1/products";
    private const string Plan = "/v1/plans";
    private const string Offer = "/v1/offers";
    private const string Subscription = "/v1/subscriptions";
    private const string Cancel = "/v1/subscriptions/active/cancel";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"id\":}")]
    [InlineData("{\"id\":\"a\",}")]
    [InlineData("{} {}")]
    [InlineData("{/* a comment */}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{'id':'a'}")]
    [InlineData("{\"name\":\"\\ud800\",\"seller_id\":\"s\"}", "name")]
    public async Task Malformed_JSON_is_refused(string body, string? field = null) =>
        (await shared.Gateway.Admin.PostAsync(Product, body)).ExpectProblem(400, "malformed_json", field);

    [Fact]
    public async Task JSON_that_is_nested_too_deeply_is_refused() =>
        (await shared.Gateway.Admin.PostAsync(Product, new string('[', 100) + new string(']', 100))).ExpectProblem(400, "malformed_json");

    [Theory]
    [InlineData(Product, """{"seller_id":"s","name":"n","colour":"red"}""", "colour")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"retries":1}}""", "dunning.retries")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a","name":"A"}}""", "customer.name")]
    [InlineData(Cancel, """{"at":"now","when":"later"}""", "when")]
    [InlineData(Product, """{"SELLER_ID":"s","name":"n"}""", "SELLER_ID")]
    [InlineData("/v1/subscriptions/active/retry", """{"now":true}""", "now")]
    public async Task Unknown_fields_are_refused(string path, string body, string field) =>
        (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(400, "unknown_field", field);

    [Theory]
    [InlineData(Product, """{"seller_id":"s","name":"n","name":"m"}""", "name")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a","id":"b"}}""", "customer.id")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"metadata":{"k":"1","k":"2"}}""", "metadata.k")]
    public async Task Fields_given_twice_are_refused(string path, string body, string field) =>
        (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(400, "duplicate_field", field);

    [Theory]
    [InlineData(Product, "[]", null, "a JSON object")]
    [InlineData(Product, "null", null, "a JSON object")]
    [InlineData(Product, """{"seller_id":7,"name":"n"}""", "seller_id", "a string")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":[]}""", "dunning", "a JSON object")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"schedule_days":3}}""", "dunning.schedule_days", "an array")]
    [InlineData(
        Product, """{"seller_id":"s","name":"n","dunning":{"schedule_days":[1,2,"3"]}}""", "dunning.schedule_days[2]", "an integer")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"schedule_days":[1,null]}}""", "dunning.schedule_days[1]", "an integer")]
    [InlineData(
        Product, """{"seller_id":"s","name":"n","dunning":{"move_billing_date":"yes"}}""", "dunning.move_billing_date", "true or false")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":"2990","currency":"BRL"}""", "amount", "an integer")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":29.90,"currency":"BRL"}""", "amount", "an integer")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":1e3,"currency":"BRL"}""", "amount", "an integer")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":1706659200}""", "start_at", "RFC 3339")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"metadata":{"k":1}}""", "metadata.k", "a string")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"metadata":{"k":null}}""", "metadata.k", "a string")]
    [InlineData(Cancel, """{"at":1}""", "at", "now, period_end")]
    public async Task A_wrong_type_is_refused_by_naming_the_right_one(string path, string body, string? field, string expected)
    {
        var reply = (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(400, "wrong_type", field);
        Assert.Contains(expected, reply.String("detail")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Product, """{"seller_id":"s"}""", "name")]
    [InlineData(Product, """{"seller_id":null,"name":"n"}""", "seller_id")]
    [InlineData(Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"month"}}""", "interval.count")]
    [InlineData(Subscription, """{"offer_id":"gold_offer"}""", "customer")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{}}""", "customer.id")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"payment_method":{}}""", "payment_method.token")]
    [InlineData(Cancel, "{}", "at")]
    [InlineData("/v1/subscriptions/active/payment-method", "{}", "token")]
    [InlineData("/v1/subscriptions/trialing/extend-trial", "{}", "trial_end")]
    [InlineData("/v1/api-keys", """{"role":"seller"}""", "seller_id")]
    public async Task What_is_missing_is_named(string path, string body, string field) =>
        (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(400, "required", field);

    [Theory]
    [InlineData(Product, """{"id":"a b","seller_id":"s","name":"n"}""", "invalid_id", "id")]
    [InlineData(Product, """{"id":"","seller_id":"s","name":"n"}""", "invalid_id", "id")]
    [InlineData(Product, """{"id":"..","seller_id":"s","name":"n"}""", "invalid_id", "id")]
    [InlineData(Product, """{"seller_id":"ação","name":"n"}""", "invalid_id", "seller_id")]
    [InlineData(
        Product, """{"seller_id":"12345678901234567890123456789012345678901234567890123456789012345","name":"n"}""", "invalid_id",
        "seller_id")]
    [InlineData(Product, """{"seller_id":"s","name":""}""", "empty", "name")]
    [InlineData(Product, """{"seller_id":"s","name":"a\u0000b"}""", "invalid_text", "name")]
    [InlineData(Product, """{"seller_id":"s","name":"n","time_zone":"Mars/Olympus"}""", "unknown_time_zone", "time_zone")]
    [InlineData(Product, """{"seller_id":"s","name":"n","time_zone":"UTC+3"}""", "unknown_time_zone", "time_zone")]
    [InlineData(
        Product, """{"seller_id":"s","name":"n","trial_without_payment_method":"explode"}""", "invalid_value",
        "trial_without_payment_method")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"max_retries":21}}""", "out_of_range", "dunning.max_retries")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"max_retries":-1}}""", "out_of_range", "dunning.max_retries")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"window_days":0}}""", "out_of_range", "dunning.window_days")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"schedule_days":[]}}""", "out_of_range", "dunning.schedule_days")]
    [InlineData(
        Product, """{"seller_id":"s","name":"n","dunning":{"schedule_days":[1,2,91]}}""", "out_of_range", "dunning.schedule_days[2]")]
    [InlineData(Product, """{"seller_id":"s","name":"n","dunning":{"on_exhausted":"Cancel"}}""", "invalid_value", "dunning.on_exhausted")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"fortnight","count":1}}""", "invalid_value", "interval.unit")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"month,year","count":1}}""", "invalid_value", "interval.unit")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"month","count":0}}""", "out_of_range", "interval.count")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"year","count":11}}""", "out_of_range", "interval.count")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"month","count":1},"trial_days":731}""", "out_of_range",
        "trial_days")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"month","count":1},"recurrences":0}""", "out_of_range",
        "recurrences")]
    [InlineData(
        Plan, """{"product_id":"gold_product","name":"n","interval":{"unit":"year","count":1},"installments":13}""", "out_of_range",
        "installments")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":-1,"currency":"BRL"}""", "out_of_range", "amount")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":100000000000,"currency":"BRL"}""", "out_of_range", "amount")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":99999999999999999999,"currency":"BRL"}""", "out_of_range", "amount")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":1,"currency":"brl"}""", "unknown_currency", "currency")]
    [InlineData(Offer, """{"plan_id":"gold_plan","amount":1,"currency":"XYZ"}""", "unknown_currency", "currency")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a","email":"nobody"}}""", "invalid_email", "customer.email")]
    [InlineData(
        Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"payment_method":{"token":"a b"}}""", "invalid_token",
        "payment_method.token")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":"2024-02-01"}""", "invalid_instant", "start_at")]
    [InlineData(
        Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":"9999-12-31T23:59:59-01:00"}""", "invalid_instant",
        "start_at")]
    [InlineData(
        Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":"0001-01-01T00:00:00+18:00"}""", "invalid_instant",
        "start_at")]
    [InlineData(
        Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":"2024-02-01T00:00:00"}""", "invalid_instant",
        "start_at")]
    [InlineData(
        Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"start_at":"2024-02-30T00:00:00Z"}""", "invalid_instant",
        "start_at")]
    [InlineData(
        Subscription,
        """{"offer_id":"gold_offer","customer":{"id":"a"},"payment_method":{"token":"t"},"start_at":"2024-01-30T00:00:00Z"}""",
        "start_in_past", "start_at")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"trial_days":-1}""", "out_of_range", "trial_days")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"},"metadata":{"":"x"}}""", "empty", "metadata.")]
    [InlineData(Subscription, """{"offer_id":"gold_offer","customer":{"id":"a"}}""", "payment_method_required", "payment_method")]
    [InlineData(Cancel, """{"at":"later"}""", "invalid_value", "at")]
    [InlineData(Cancel, """{"at":"now","reason":"Too expensive"}""", "invalid_reason", "reason")]
    [InlineData(Cancel, """{"at":"period_end","refund":"full"}""", "refund_needs_cancel_now", "refund")]
    [InlineData(
        "/v1/subscriptions/active/payment-method", """{"token":"a","payment_method":{"token":"b"}}""", "ambiguous", "payment_method")]
    [InlineData("/v1/subscriptions/trialing/extend-trial", """{"days":1,"trial_end":"2024-03-01T00:00:00Z"}""", "ambiguous", "days")]
    [InlineData("/v1/subscriptions/trialing/extend-trial", """{"days":0}""", "out_of_range", "days")]
    [InlineData("/v1/subscriptions/trialing/extend-trial", """{"trial_end":"2024-02-01T00:00:00Z"}""", "trial_end_not_later", "trial_end")]
    [InlineData("/v1/api-keys", """{"role":"customer"}""", "invalid_value", "role")]
    [InlineData("/v1/api-keys", """{"role":"admin","seller_id":"s"}""", "ambiguous", "seller_id")]
    [InlineData("/v1/customer-tokens", """{"customer_id":"a","expires_in_seconds":86401}""", "out_of_range", "expires_in_seconds")]
    public async Task What_cannot_be_is_refused(string path, string body, string code, string field) =>
        (await shared.Gateway.Admin.PostAsync(path, body)).ExpectProblem(422, code, field);

    [Fact]
    public async Task Lengths_are_bounded_and_counted_in_characters()
    {
        var admin = shared.Gateway.Admin;
        (await admin.PostAsync(Product, $$"""{"seller_id":"s","name":"{{new string('n', 201)}}"}"""))
            .ExpectProblem(422, "too_long", "name");
        (await admin.PostAsync(Product, $$"""{"seller_id":"s","name":"{{string.Concat(Enumerable.Repeat("🎈", 200))}}"}""")).Expect(201);
        (await admin.PostAsync(Cancel, $$"""{"at":"now","comment":"{{new string('c', 1001)}}"}"""))
            .ExpectProblem(422, "too_long", "comment");
        (await admin.PostAsync(Cancel, $$"""{"at":"now","reason":"{{new string('r', 65)}}"}"""))
            .ExpectProblem(422, "invalid_reason", "reason");
        (await Metadata(string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"k{n}\":\"v\""))))
            .ExpectProblem(422, "too_long", "metadata");
        (await Metadata($"\"{new string('k', 65)}\":\"v\"")).ExpectProblem(422, "too_long", $"metadata.{new string('k', 65)}");
        (await Metadata($"\"k\":\"{new string('v', 501)}\"")).ExpectProblem(422, "too_long", "metadata.k");

        Task<Reply> Metadata(string pairs) => admin.PostAsync(
            Subscription, $$$"""{"offer_id":"gold_offer","customer":{"id":"a"},"payment_method":{"token":"t"},"metadata":{{{{pairs}}}}}""");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    public async Task Another_media_type_is_refused(string contentType) =>
        (await shared.Gateway.Admin.SendAsync(HttpMethod.Post, Product, """{"seller_id":"s","name":"n"}""", contentType: contentType))
            .ExpectProblem(415, "unsupported_media_type");

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("Application/JSON")]
    public async Task The_media_type_may_be_written_in_other_ways(string contentType) =>
        (await shared.Gateway.Admin.SendAsync(HttpMethod.Post, Product, """{"seller_id":"s","name":"n"}""", contentType: contentType))
            .Expect(201);

    [Fact]
    public async Task A_body_over_1_MiB_is_refused_whether_its_length_is_told_or_not()
    {
        var body = $$"""{"seller_id":"s","name":"{{new string('n', 1024 * 1024)}}"}""";
        (await shared.Gateway.Admin.PostAsync(Product, body)).ExpectProblem(413, "body_too_large");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, Product)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = true },
        };
        (await shared.Gateway.Admin.SendAsync(chunked)).ExpectProblem(413, "body_too_large");
    }

    [Fact]
    public async Task A_body_just_under_1_MiB_is_read()
    {
        var body = $$"""{"seller_id":"s","name":"{{new string('n', 1024 * 1024 - 100)}}"}""";
        (await shared.Gateway.Admin.PostAsync(Product, body)).ExpectProblem(422, "too_long", "name");
    }
}
