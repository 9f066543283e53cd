using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Versions are ETags, If-Match holds a command to one, and what is created says where it is.</summary>
public sealed class VersionTagTests
{
    [Fact]
    public async Task A_command_is_done_on_the_version_that_its_caller_saw_and_on_no_other()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        var seen = (await gateway.Admin.GetAsync("/v1/subscriptions/s")).Expect(200);
        var tag = TagOf(seen);
        Assert.Equal($"\"{seen.Number("version")}\"", tag);

        var paused = (await AskAsync(gateway.Admin, "pause", """{"at":"period_end"}""", tag, "k")).Expect(200);
        Assert.Equal($"\"{paused.Number("version")}\"", TagOf(paused));
        (await AskAsync(gateway.Admin, "resume", "", tag)).ExpectProblem(412, "version_mismatch", "If-Match");
        (await AskAsync(gateway.Admin, "resume", "", "W/" + TagOf(paused))).ExpectProblem(412, "version_mismatch", "If-Match");
        (await AskAsync(gateway.Admin, "resume", "", "\"seven\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await AskAsync(gateway.Admin, "resume", "", "seven")).ExpectProblem(422, "invalid_if_match", "If-Match");
        (await AskAsync(gateway.Admin, "resume", "", "\"1\", \"2\"")).ExpectProblem(422, "invalid_if_match", "If-Match");

        // A replay comes before If-Match.
        var again = (await AskAsync(gateway.Admin, "pause", """{"at":"period_end"}""", tag, "k")).Expect(200);
        Assert.Equal((true, paused.Text, TagOf(paused)), (again.Replayed, again.Text, TagOf(again)));

        // Who may not know the subscription learns nothing about its version.
        var stranger = await gateway.AsSellerAsync("other");
        (await AskAsync(stranger, "resume", "", "\"1\"")).ExpectProblem(404, "subscription_not_found");
        (await AskAsync(await gateway.AsCustomerAsync("alice"), "retry", "", "\"1\"")).ExpectProblem(403, "forbidden");

        (await AskAsync(gateway.Admin, "resume", "", TagOf(paused))).Expect(200);
        (await AskAsync(gateway.Admin, "cancel", """{"at":"period_end"}""", "*")).Expect(200);
    }

    [Fact]
    public async Task A_coupon_and_a_plan_change_are_held_to_a_version_too()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"TEN","seller_id":"acme","percent":10,"duration":"once"}""")).Expect(201);
        (await AskAsync(gateway.Admin, "apply-coupon", """{"coupon":"TEN"}""", "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        Assert.Equal(0, (await gateway.Admin.GetAsync("/v1/coupons/TEN")).Expect(200).Number("redemptions"));
        (await AskAsync(gateway.Admin, "change-plan", """{"quantity":2,"at":"period_end"}""", "\"1\""))
            .ExpectProblem(412, "version_mismatch", "If-Match");
        var tag = TagOf((await gateway.Admin.GetAsync("/v1/subscriptions/s")).Expect(200));
        (await AskAsync(gateway.Admin, "apply-coupon", """{"coupon":"TEN"}""", tag)).Expect(200);
    }

    [Fact]
    public async Task Of_two_edits_of_an_offer_the_second_hears_that_it_saw_an_old_version()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        Assert.Equal("\"1\"", TagOf((await gateway.Admin.GetAsync("/v1/offers/gold_offer")).Expect(200)));
        Assert.Equal("\"2\"", TagOf((await PutAsync("\"1\"")).Expect(200)));
        (await PutAsync("\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");

        async Task<Reply> PutAsync(string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/offers/gold_offer");
            request.Content = new StringContent("""{"amount":3990}""", System.Text.Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            return await gateway.Admin.SendAsync(request);
        }
    }

    [Fact]
    public async Task What_was_created_says_where_it_is()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:MasterKey=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        await ExpectAsync("/v1/products", """{"id":"p","seller_id":"acme","name":"n"}""", "/v1/products/p");
        await ExpectAsync("/v1/plans", """{"id":"pl","product_id":"p","name":"n","interval":{"unit":"month","count":1}}""", "/v1/plans/pl");
        var offer = await ExpectAsync("/v1/offers", """{"id":"o","plan_id":"pl","amount":1,"currency":"BRL"}""", "/v1/offers/o");
        Assert.Equal("\"1\"", TagOf(offer));
        await ExpectAsync("/v1/coupons", """{"id":"c","seller_id":"acme","percent":1,"duration":"once"}""", "/v1/coupons/c");
        await ExpectAsync(
            "/v1/subscriptions", """{"id":"s","offer_id":"o","customer":{"id":"a"},"payment_method":{"token":"tok_ok"}}""",
            "/v1/subscriptions/s");
        await ExpectAsync("/v1/api-keys", """{"role":"admin"}""", null);
        var token = (await gateway.Admin.PostAsync("/v1/customer-tokens", """{"customer_id":"alice"}""")).Expect(201);
        var shown = (await gateway.Admin.GetAsync(token.Headers.Location!.OriginalString)).Expect(200);
        Assert.Equal(("customer", "alice"), (shown.String("role"), shown.String("customer_id")));

        async Task<Reply> ExpectAsync(string path, string body, string? location)
        {
            var made = (await gateway.Admin.PostAsync(path, body, "k" + path)).Expect(201);
            Assert.Equal(location ?? $"{path}/{made.String("id")}", made.Headers.Location!.OriginalString);
            (await gateway.Admin.GetAsync(made.Headers.Location.OriginalString)).Expect(200);
            var again = (await gateway.Admin.PostAsync(path, body, "k" + path)).Expect(201);
            Assert.True(again.Replayed);
            Assert.Equal(made.Headers.Location, again.Headers.Location);
            Assert.Equal(made.Headers.ETag, again.Headers.ETag);
            return made;
        }
    }

    private static string TagOf(Reply reply) => reply.Headers.ETag!.ToString();

    private static async Task<Reply> AskAsync(ApiClient client, string command, string body, string tag, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/subscriptions/s/{command}");
        if (body.Length > 0) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
