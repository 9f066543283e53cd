using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Customers as a resource: who makes, sees and changes them, and how subscriptions follow them.</summary>
public sealed class CustomerTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a", planFields: ",\"renewal_alert_days\":5");
        await gateway.SellAsync("b", seller: "other");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_customer_is_created_shown_and_changed_field_by_field()
    {
        const string Body =
            """
            {"id":"alice","email":"alice@example.com","name":"Alice","country":"BR","locale":"pt-BR","tax_id":"123.456.789-09",
             "channels":{"email":false},"metadata":{"crm":"7","tier":"gold"}}
            """;
        var created = (await gateway.Admin.PostAsync("/v1/customers", Body)).Expect(201);
        Assert.Equal("/v1/customers/alice", created.Headers.Location?.ToString());
        Assert.Equal("\"1\"", created.Headers.ETag?.ToString());
        const string Shown =
            """
            {"id":"alice","email":"alice@example.com","name":"Alice","country":"BR","locale":"pt-BR","tax_id":"123.456.789-09",
            "channels":{"email":false},"metadata":{"crm":"7","tier":"gold"},"created_at":"2024-01-31T00:00:00Z"}
            """;
        Assert.Equal(Shown.ReplaceLineEndings(""), created.Text);
        Assert.Equal(created.Text, (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200).Text);
        (await gateway.Admin.PostAsync("/v1/customers", Body)).ExpectProblem(409, "customer_exists", "id");

        var changed = (await PatchAsync(
            gateway.Admin, "alice", """{"name":null,"channels":null,"metadata":{"tier":null,"since":"2024"},"tax_id":"9"}""")).Expect(200);
        Assert.Equal("\"2\"", changed.Headers.ETag?.ToString());
        Assert.Equal(
            """
            {"id":"alice","email":"alice@example.com","name":null,"country":"BR","locale":"pt-BR","tax_id":"9",
            "channels":{"email":true},"metadata":{"crm":"7","since":"2024"},"created_at":"2024-01-31T00:00:00Z"}
            """.ReplaceLineEndings(""),
            changed.Text);
        Assert.Equal(changed.Text, (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200).Text);
        Assert.Equal("\"2\"", (await PatchAsync(gateway.Admin, "alice", """{"tax_id":"9"}""")).Expect(200).Headers.ETag?.ToString());
        (await PatchAsync(gateway.Admin, "alice", """{"tax_id":"8"}""", "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await PatchAsync(gateway.Admin, "alice", """{"tax_id":"8"}""", "\"2\"")).Expect(200);
        (await PatchAsync(gateway.Admin, "nobody", """{"tax_id":"8"}""")).ExpectProblem(404, "customer_not_found");
    }

    [Fact]
    public async Task A_repeated_creation_answers_the_same_and_an_id_is_made()
    {
        var first = (await gateway.Admin.PostAsync("/v1/customers", """{"name":"N"}""", "k1")).Expect(201);
        Assert.StartsWith("cus_", first.String("id"), StringComparison.Ordinal);
        var again = (await gateway.Admin.PostAsync("/v1/customers", """{"name":"N"}""", "k1")).Expect(201);
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        Assert.NotEqual(first.String("id"), (await gateway.Admin.PostAsync("/v1/customers", """{"name":"N"}""")).Expect(201).String("id"));
    }

    [Fact]
    public async Task A_subscription_makes_its_customer_and_shows_what_is_corrected_everywhere()
    {
        await gateway.SubscribeAsync("s", "a_offer", fields: ",\"metadata\":{\"k\":\"v\"}");
        var made = (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200);
        Assert.Equal("alice@example.com", made.String("email"));
        Assert.Equal("2024-01-31T00:00:00Z", made.String("created_at"));
        Assert.True(made.IsNull("name"));

        (await PatchAsync(gateway.Admin, "alice", """{"email":"new@example.com"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-02-25T00:00:00Z");

        Assert.Equal("new@example.com", EmailOf((await gateway.ReadAsync("s")).Json));
        Assert.Equal("new@example.com", EmailOf((await gateway.Admin.GetAsync("/v1/subscriptions/s?as_of=2024-02-01T00:00:00Z")).Json));
        Assert.Equal("new@example.com", EmailOf((await gateway.Admin.GetAsync("/v1/subscriptions")).Data.Single()));
        Assert.Equal(
            "new@example.com",
            EmailOf((await gateway.Admin.PostAsync("/v1/subscriptions/s/payment-method", """{"token":"tok_2"}""")).Expect(200).Json));
        Assert.All(
            (await gateway.Admin.GetAsync("/v1/events")).Expect(200).Data,
            e => Assert.Equal("new@example.com", EmailOf(e.GetProperty("data").GetProperty("subscription"))));
        var subscribed = (await gateway.Admin.GetAsync("/v1/subscriptions/s/events?limit=1")).Expect(200).Data.Single();
        Assert.Equal("new@example.com", EmailOf(subscribed.GetProperty("data")));
        Assert.Equal("new@example.com", EmailOf((await gateway.Admin.GetAsync("/v1/messages")).Data.Single().GetProperty("data")));

        (await PatchAsync(gateway.Admin, "alice", """{"email":null}""")).Expect(200);
        Assert.Null(EmailOf((await gateway.ReadAsync("s")).Json));
        Assert.Null(EmailOf((await gateway.Admin.GetAsync("/v1/messages")).Data.Single().GetProperty("data")));
    }

    [Fact]
    public async Task Naming_a_known_customer_never_changes_it_and_its_country_counts()
    {
        (await gateway.Admin.PostAsync("/v1/customers", """{"id":"alice","email":"a@example.com","country":"BR"}""")).Expect(201);
        var sold = (await gateway.Admin.PostAsync(
            "/v1/subscriptions",
            """
            {"id":"s","offer_id":"a_offer","customer":{"id":"alice","email":"b@example.com","country":"PT"},
             "payment_method":{"token":"tok_ok"}}
            """)).Expect(201);
        Assert.Equal("""{"id":"alice","email":"a@example.com","country":"BR"}""", sold.Json.GetProperty("customer").GetRawText());
        var known = (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200);
        Assert.Equal(("a@example.com", "BR", "\"1\""), (known.String("email"), known.String("country"), known.Headers.ETag?.ToString()));
    }

    [Fact]
    public async Task A_seller_names_whom_it_sold_to_or_whose_mail_address_it_knows()
    {
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        (await gateway.Admin.PostAsync("/v1/customers", """{"id":"shy"}""")).Expect(201);
        (await seller.PostAsync("/v1/subscriptions", Order("s1", "a_offer", "alice", "alice@example.com"))).Expect(201);

        foreach (var guess in new[] { null, "eve@example.com" })
        {
            (await other.PostAsync("/v1/subscriptions", Order("s2", "b_offer", "alice", guess)))
                .ExpectProblem(422, "customer_unknown", "customer.id");
            (await other.PostAsync("/v1/subscriptions", Order("s2", "b_offer", "shy", guess)))
                .ExpectProblem(422, "customer_unknown", "customer.id");
        }

        var line = (await other.StreamAsync(Order("s2", "b_offer", "alice", null).Insert(1, "\"type\":\"subscribe\",")
            .Replace("\"id\":\"s2\"", "\"subscription_id\":\"s2\"", StringComparison.Ordinal))).Expect(200).Text;
        Assert.Contains("customer_unknown", line, StringComparison.Ordinal);
        (await gateway.Admin.GetAsync("/v1/subscriptions/s2")).Expect(404);
        (await other.GetAsync("/v1/customers/alice")).ExpectProblem(404, "customer_not_found");

        (await seller.PostAsync("/v1/subscriptions", Order("s3", "a_offer", "alice", null))).Expect(201);
        (await seller.PostAsync("/v1/subscriptions", Order("s4", "a_offer", "alice", "eve@example.com"))).Expect(201);
        (await other.PostAsync("/v1/subscriptions", Order("s5", "b_offer", "alice", "Alice@Example.com"))).Expect(201);
        (await other.GetAsync("/v1/customers/alice")).Expect(200);
        (await other.PostAsync("/v1/subscriptions", Order("s6", "b_offer", "bob", null))).Expect(201);
    }

    [Fact]
    public async Task Administrators_and_the_customer_itself_change_it_and_sellers_see_their_own()
    {
        await gateway.SubscribeAsync("s", "a_offer");
        await gateway.SubscribeAsync("t", "b_offer", customer: "bob");
        var seller = await gateway.AsSellerAsync("acme");
        var (alice, bob) = (await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("bob"));
        var (sellersAlice, sellersBob) = (await gateway.AsCustomerAsync("alice", seller), await gateway.AsCustomerAsync("bob", seller));
        const string Name = """{"name":"N"}""";

        (await seller.GetAsync("/v1/customers/alice")).Expect(200);
        (await seller.GetAsync("/v1/customers/bob")).ExpectProblem(404, "customer_not_found");
        (await PatchAsync(seller, "alice", Name)).ExpectProblem(403, "forbidden");
        (await seller.PostAsync("/v1/customers", Name)).ExpectProblem(403, "forbidden");
        (await alice.GetAsync("/v1/customers/alice")).Expect(200);
        (await bob.GetAsync("/v1/customers/alice")).ExpectProblem(404, "customer_not_found");
        (await PatchAsync(alice, "alice", Name)).Expect(200);
        (await PatchAsync(bob, "alice", Name)).ExpectProblem(404, "customer_not_found");
        (await sellersAlice.GetAsync("/v1/customers/alice")).Expect(200);
        (await sellersBob.GetAsync("/v1/customers/bob")).ExpectProblem(404, "customer_not_found");
        (await PatchAsync(sellersAlice, "alice", Name)).ExpectProblem(403, "forbidden");
        (await alice.GetAsync("/v1/customers")).ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task Customers_are_listed_newest_first_by_seller_mail_address_and_creation()
    {
        await gateway.SubscribeAsync("s1", "a_offer");
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        await gateway.SubscribeAsync("s2", "a_offer", customer: "bob");
        await gateway.SubscribeAsync("s3", "b_offer", customer: "bob");
        await gateway.AdvanceAsync("2024-02-02T00:00:00Z");
        await gateway.SubscribeAsync("s4", "b_offer", customer: "cleo");
        (await gateway.Admin.PostAsync("/v1/customers", """{"id":"dora","email":"BOB@example.com"}""")).Expect(201);
        var seller = await gateway.AsSellerAsync("acme");

        Assert.Equal(["dora", "cleo", "bob", "alice"], await IdsAsync(gateway.Admin, ""));
        Assert.Equal(["bob", "alice"], await IdsAsync(seller, ""));
        Assert.Equal(["bob", "alice"], await IdsAsync(gateway.Admin, "seller_id=acme"));
        Assert.Equal(["cleo", "bob", "alice"], await IdsAsync(gateway.Admin, "seller_id=acme,other"));
        Assert.Equal(["dora", "bob"], await IdsAsync(gateway.Admin, "email=Bob@Example.com"));
        Assert.Equal(["bob"], await IdsAsync(gateway.Admin, "email=bob@example.com&seller_id=other"));
        Assert.Equal(["bob"], await IdsAsync(seller, "email=bob@example.com"));
        Assert.Equal(["dora", "bob", "alice"], await IdsAsync(gateway.Admin, "email=bob@example.com,alice@example.com"));
        Assert.Equal(
            ["bob"], await IdsAsync(gateway.Admin, "created_from=2024-02-01T00:00:00Z&created_to=2024-02-02T00:00:00Z"));
        Assert.Empty(await IdsAsync(gateway.Admin, "created_to=2024-01-31T00:00:00Z"));
        (await seller.GetAsync("/v1/customers?seller_id=other")).ExpectProblem(403, "forbidden", "seller_id");
    }

    [Theory]
    [InlineData("limit=201", "out_of_range", "limit")]
    [InlineData("cursor=AAAA", "invalid_cursor", "cursor")]
    [InlineData("email=nobody", "invalid_email", "email")]
    [InlineData("created_from=today", "invalid_instant", "created_from")]
    [InlineData("created_from=2024-02-01T00:00:00Z&created_to=2024-02-01T00:00:00Z", "out_of_range", "created_to")]
    [InlineData("seller_id=a,,b", "invalid_id", "seller_id")]
    public async Task A_wrong_list_names_what_is_wrong(string query, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/customers?{query}")).ExpectProblem(422, code, field);

    [Fact]
    public async Task An_unknown_filter_and_the_cursor_of_another_list_are_refused()
    {
        (await gateway.Admin.GetAsync("/v1/customers?status=active")).ExpectProblem(400, "unknown_field", "status");
        await gateway.SellAsync("c");
        var products = (await gateway.Admin.GetAsync("/v1/products?limit=1")).Expect(200).String("next_cursor");
        (await gateway.Admin.GetAsync($"/v1/customers?cursor={products}")).ExpectProblem(422, "invalid_cursor", "cursor");
    }

    [Fact]
    public async Task All_faults_of_a_customer_are_told_at_once()
    {
        var reply = (await gateway.Admin.PostAsync(
            "/v1/customers",
            """{"id":"a b","email":"nobody","name":"","country":"ZZ","locale":"p","tax_id":"","metadata":{"":"v"}}""")).Expect(422);
        Assert.Equal(
            [
                "id invalid_id", "email invalid_email", "name empty", "country unknown_country", "locale invalid_locale", "tax_id empty",
                "metadata. empty",
            ],
            reply.Json.GetProperty("errors").EnumerateArray()
                .Select(fault => $"{fault.GetProperty("field").GetString()} {fault.GetProperty("code").GetString()}"));
        (await PatchAsync(gateway.Admin, "nobody", """{"nickname":"x"}""")).ExpectProblem(400, "unknown_field", "nickname");
        (await gateway.Admin.PostAsync("/v1/customers", """{"id":"zoe"}""")).Expect(201);
        (await PatchAsync(gateway.Admin, "zoe", """{"id":"eve"}""")).ExpectProblem(400, "unknown_field", "id");
        (await PatchAsync(gateway.Admin, "zoe", """{"metadata":{"k":1}}""")).Expect(400);
    }

    private static string Order(string id, string offer, string customer, string? email) =>
        $$$"""
        {"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"{{{customer}}}"{{{(email is null ? "" : $",\"email\":\"{email}\"")}}}},
         "payment_method":{"token":"tok_ok"}}
        """.ReplaceLineEndings("");

    private static string? EmailOf(JsonElement of) =>
        of.GetProperty("customer").TryGetProperty("email", out var email) ? email.GetString() : null;

    private static async Task<List<string>> IdsAsync(ApiClient api, string filter)
    {
        var ids = new List<string>();
        for (var cursor = ""; ;)
        {
            var page = (await api.GetAsync($"/v1/customers?limit=2&{filter}{cursor}")).Expect(200);
            ids.AddRange(page.Data.Select(customer => customer.GetProperty("id").GetString()!));
            Assert.InRange(page.Data.Count(), 0, 2);
            if (page.String("next_cursor") is not { } next) return ids;
            cursor = $"&cursor={next}";
        }
    }

    private static async Task<Reply> PatchAsync(ApiClient api, string id, string body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/customers/{id}")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await api.SendAsync(request);
    }
}
