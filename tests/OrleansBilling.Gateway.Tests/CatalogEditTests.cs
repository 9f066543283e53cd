using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Archiving and changing what is in the catalog.</summary>
public sealed class CatalogEditTests
{
    [Theory]
    [InlineData("offer", "offer_archived")]
    [InlineData("plan", "plan_archived")]
    [InlineData("product", "product_archived")]
    public async Task What_is_archived_is_not_sold_and_running_subscriptions_go_on(string kind, string code)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync(
            "/v1/plans", """{"id":"other_plan","product_id":"gold_product","name":"B","interval":{"unit":"month","count":1}}"""))
            .Expect(201);
        (await gateway.Admin.PostAsync("/v1/offers", """{"id":"beside","plan_id":"other_plan","amount":100,"currency":"BRL"}"""))
            .Expect(201);
        await gateway.SubscribeAsync("running");
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("other", "beside", "alice"))).Expect(201);
        var body = Catalog.Subscribe("repeated", "gold_offer", "alice");
        (await gateway.Admin.PostAsync("/v1/subscriptions", body, "key-of-repeated")).Expect(201);

        var path = $"/v1/{kind}s/gold_{kind}";
        var archived = (await gateway.Admin.PostAsync($"{path}/archive", null)).Expect(200);
        Assert.True(archived.Json.GetProperty("archived").GetBoolean());
        Assert.Equal(archived.Text, (await gateway.Admin.PostAsync($"{path}/archive", null)).Expect(200).Text);
        Assert.Equal(archived.Text, (await gateway.Admin.GetAsync(path)).Expect(200).Text);

        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("late", "gold_offer", "bob")))
            .ExpectProblem(409, code, "offer_id");
        (await gateway.Admin.PostAsync("/v1/subscriptions", body, "key-of-repeated")).Expect(201);
        if (kind != "product")
        {
            (await gateway.Admin.PostAsync("/v1/subscriptions/other/change-plan", """{"offer_id":"gold_offer","at":"now"}"""))
                .ExpectProblem(409, code, "offer_id");
            (await gateway.Admin.PostAsync("/v1/subscriptions/other/change-plan/preview", """{"offer_id":"gold_offer","at":"now"}"""))
                .ExpectProblem(409, code, "offer_id");
        }

        await gateway.AdvanceAsync("2024-03-01T00:00:00Z");
        var running = (await gateway.Admin.GetAsync("/v1/subscriptions/running")).Expect(200);
        Assert.Equal(("active", 2), (running.String("status"), running.Json.GetProperty("paid_recurrences").GetInt32()));

        Assert.False((await gateway.Admin.PostAsync($"{path}/unarchive", null)).Expect(200).Json.GetProperty("archived").GetBoolean());
        (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe("late", "gold_offer", "bob"))).Expect(201);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_sets_back_to_the_default()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.PostAsync(
            "/v1/products",
            """
            {"id":"p","seller_id":"acme","name":"Old","time_zone":"America/Sao_Paulo","dunning":{"max_retries":2,"window_days":9},
             "loyalty":{"after_recurrences":3,"percent":10,"recurrences":1},"tax":{"inclusive":true,"rates":[{"name":"ISS","percent":5}]}}
            """)).Expect(201);
        var before = (await gateway.Admin.GetAsync("/v1/products/p")).Expect(200);

        var patched = (await PatchAsync(
            "/v1/products/p",
            """{"name":"New","dunning":{"max_retries":7},"loyalty":null,"seller_id":"acme","voucher":{"valid_days":9}}""")).Expect(200);
        Assert.Equal("New", patched.String("name"));
        var dunning = patched.Json.GetProperty("dunning");
        Assert.Equal((7, 9), (dunning.GetProperty("max_retries").GetInt32(), dunning.GetProperty("window_days").GetInt32()));
        Assert.True(patched.IsNull("loyalty"));
        foreach (var field in new[] { "tax", "time_zone", "created_at", "archived", "on_chargeback" })
            Assert.Equal(before.Json.GetProperty(field).GetRawText(), patched.Json.GetProperty(field).GetRawText());
        Assert.Equal(patched.Text, (await gateway.Admin.GetAsync("/v1/products/p")).Expect(200).Text);

        (await PatchAsync("/v1/products/p", """{"dunning":null}""")).Expect(200);
        Assert.Equal(
            5, (await gateway.Admin.GetAsync("/v1/products/p")).Json.GetProperty("dunning").GetProperty("max_retries").GetInt32());

        Task<Reply> PatchAsync(string path, string body) => gateway.Admin.SendAsync(HttpMethod.Patch, path, body);
    }

    [Theory]
    [InlineData("products/gold_product", """{"time_zone":"Europe/Paris"}""", 422, "immutable", "time_zone")]
    [InlineData("products/gold_product", """{"seller_id":"other"}""", 422, "immutable", "seller_id")]
    [InlineData("products/gold_product", """{"tax":{"inclusive":true,"rates":[{"name":"V","percent":1}]}}""", 422, "immutable", "tax")]
    [InlineData("products/gold_product", """{"name":null}""", 400, "required", "name")]
    [InlineData("products/gold_product", """{"name":""}""", 422, "empty", "name")]
    [InlineData("products/gold_product", """{"id":"x"}""", 400, "unknown_field", "id")]
    [InlineData("products/gold_product", """{"archived":true}""", 400, "unknown_field", "archived")]
    [InlineData("products/gold_product", """{"retention":{"offers":[{"id":"r","offer_id":"foreign_offer"}]}}""", 422, "other_product",
        "retention.offers[0].offer_id")]
    [InlineData("plans/gold_plan", """{"interval":{"unit":"year","count":1}}""", 422, "immutable", "interval")]
    [InlineData("plans/gold_plan", """{"installments":2,"recurrences":3}""", 422, "installments_not_possible", "installments")]
    [InlineData("plans/gold_plan", """{"recurrences":3}""", 422, "immutable", "recurrences")]
    [InlineData("plans/gold_plan", """{"product_id":"foreign_product"}""", 422, "immutable", "product_id")]
    [InlineData("plans/gold_plan", """{"trial_days":731}""", 422, "out_of_range", "trial_days")]
    [InlineData("coupons/spring", """{"percent":50}""", 422, "immutable", "percent")]
    [InlineData("coupons/spring", """{"code":"OTHER"}""", 422, "immutable", "code")]
    [InlineData("coupons/spring", """{"redemptions_max":10}""", 422, "immutable", "redemptions_max")]
    [InlineData("coupons/spring", """{"redeem_until":"2024-01-01T00:00:00Z","redeem_from":"2024-02-01T00:00:00Z"}""", 422, "out_of_range",
        "redeem_until")]
    [InlineData("coupons/spring", "[]", 400, "wrong_type", null)]
    public async Task What_may_not_change_is_named(string path, string patch, int status, string code, string? field)
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SellAsync("foreign", seller: "other");
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"spring","seller_id":"acme","percent":1,"duration":"once"}""")).Expect(201);
        var before = (await gateway.Admin.GetAsync($"/v1/{path}")).Expect(200).Text;
        (await gateway.Admin.SendAsync(HttpMethod.Patch, $"/v1/{path}", patch)).ExpectProblem(status, code, field);
        Assert.Equal(before, (await gateway.Admin.GetAsync($"/v1/{path}")).Expect(200).Text);
    }

    [Fact]
    public async Task A_changed_trial_binds_new_subscriptions_only()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("early");
        (await gateway.Admin.SendAsync(HttpMethod.Patch, "/v1/plans/gold_plan", """{"trial_days":14}""")).Expect(200);
        Assert.Equal("trialing", (await gateway.SubscribeAsync("late")).String("status"));
        Assert.Equal("active", (await gateway.Admin.GetAsync("/v1/subscriptions/early")).String("status"));
    }

    [Fact]
    public async Task A_running_subscription_learns_of_a_changed_product()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/retention")).ExpectProblem(409, "no_retention_offers");
        (await gateway.Admin.SendAsync(
            HttpMethod.Patch, "/v1/products/gold_product", """{"retention":{"offers":[{"id":"break","pause_days":30}]}}""")).Expect(200);
        await Eventually.HoldsAsync(async () => (await gateway.Admin.PostAsync("/v1/subscriptions/s/retention")).Status == 200);
    }

    [Fact]
    public async Task An_edit_has_a_version_that_if_match_expects()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        Assert.Equal("\"1\"", TagOf((await gateway.Admin.GetAsync("/v1/plans/gold_plan")).Expect(200)));
        Assert.Equal("\"2\"", TagOf((await PatchAsync("\"1\"", """{"name":"A"}""")).Expect(200)));
        (await PatchAsync("\"1\"", """{"name":"B"}""")).ExpectProblem(412, "version_mismatch", "If-Match");
        Assert.Equal("\"2\"", TagOf((await PatchAsync("\"2\"", """{"name":"A"}""")).Expect(200)));
        Assert.Equal("\"3\"", TagOf((await PatchAsync("*", """{"name":"C"}""")).Expect(200)));

        async Task<Reply> PatchAsync(string tag, string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/plans/gold_plan");
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            request.Content = new StringContent(body, null, "application/merge-patch+json");
            return await gateway.Admin.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_coupon_can_be_limited_further_ended_and_archived()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        (await gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"few","seller_id":"acme","percent":10,"duration":"once","redemptions_max":5}""")).Expect(201);
        (await SubscribeAsync("s1", "few")).Expect(201);
        (await gateway.Admin.SendAsync(HttpMethod.Patch, "/v1/coupons/few", """{"redemptions_max":1}""")).Expect(200);
        (await SubscribeAsync("s2", "few")).ExpectProblem(409, "coupon_exhausted", "coupon");
        Assert.Equal(1, (await gateway.Admin.GetAsync("/v1/coupons")).Data.Single().GetProperty("redemptions").GetInt32());

        (await gateway.Admin.SendAsync(HttpMethod.Patch, "/v1/coupons/few", """{"redemptions_max":9}""")).Expect(200);
        (await gateway.Admin.PostAsync("/v1/coupons/few/archive", null)).Expect(200);
        (await SubscribeAsync("s2", "few")).ExpectProblem(422, "coupon_not_valid_now", "coupon");
        (await gateway.Admin.PostAsync("/v1/coupons/few/unarchive", null)).Expect(200);
        (await SubscribeAsync("s2", "few")).Expect(201);

        var ended = (await gateway.Admin.PostAsync("/v1/coupons/few/end", null)).Expect(200);
        Assert.Equal("2024-01-31T00:00:00Z", ended.String("redeem_until"));
        Assert.Equal(ended.Text, (await gateway.Admin.PostAsync("/v1/coupons/few/end", null)).Expect(200).Text);
        (await SubscribeAsync("s3", "few")).ExpectProblem(422, "coupon_not_valid_now", "coupon");

        Task<Reply> SubscribeAsync(string id, string coupon) => gateway.Admin.PostAsync(
            "/v1/subscriptions", Catalog.Subscribe(id, fields: $",\"coupon\":\"{coupon}\""));
    }

    private static string? TagOf(Reply reply) => reply.Headers.ETag?.Tag;
}
