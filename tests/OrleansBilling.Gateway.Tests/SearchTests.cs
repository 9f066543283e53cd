using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The search: what it finds, in which order, for whom, and at once.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.SellAsync("b", seller: "other");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Everything_is_found_by_its_id_its_beginning_the_mail_address_and_the_name_at_once()
    {
        await gateway.SubscribeAsync("sub_1", "a_offer");
        Assert.Equal(["subscription sub_1 id"], await FindAsync("sub_1"));
        await gateway.SubscribeAsync("sub_12", "b_offer", customer: "bob");
        await EditAsync("alice", """{"name":"Alice Maria da Silva"}""");

        Assert.Equal(["subscription sub_1 id", "subscription sub_12 id"], await FindAsync("sub_1"));
        Assert.Equal(["subscription sub_12 id"], await FindAsync("sub_12"));
        Assert.Equal(["invoice sub_1:1 id"], await FindAsync("sub_1:1"));
        Assert.Empty(await FindAsync("sub_1:2"));
        string[] alice = ["subscription sub_1 customer"];
        Assert.Equal(["customer alice id", .. alice], await FindAsync("alice"));
        Assert.Equal(["customer alice id", .. alice], await FindAsync("ali"));
        Assert.Equal(["customer alice email", .. alice], await FindAsync("ALICE@Example.com"));
        Assert.Equal(["customer alice email", .. alice], await FindAsync("Alice@"));
        Assert.Equal(["customer alice name", .. alice], await FindAsync("da sil"));
        Assert.Equal(["customer alice name", .. alice], await FindAsync(" SILVA "));
        Assert.Equal(["customer alice name", .. alice], await FindAsync("al"));
        Assert.Empty(await FindAsync("lic"));
        Assert.Empty(await FindAsync("Sub_1"));

        await EditAsync("alice", """{"name":"Alice Souza","email":"souza@example.com"}""");
        Assert.Empty(await FindAsync("silva"));
        Assert.Empty(await FindAsync("alice@"));
        Assert.Equal(["customer alice email", .. alice], await FindAsync("souza"));
    }

    [Fact]
    public async Task An_invoice_is_found_by_its_number_in_the_series_of_every_seller()
    {
        await gateway.SubscribeAsync("s1", "a_offer");
        await gateway.SubscribeAsync("s2", "b_offer", customer: "bob");
        await Eventually.HoldsAsync(async () => (await FindAsync("1")).Count == 2);

        Assert.Equal(["invoice s1:1 number", "invoice s2:1 number"], await FindAsync("1"));
        Assert.Equal(["invoice s2:1 number"], await FindAsync("1", by: await gateway.AsSellerAsync("other")));
        Assert.Equal(["invoice s1:1 number"], await FindAsync("1", by: await gateway.AsCustomerAsync("alice")));
        Assert.Empty(await FindAsync("2"));
    }

    [Fact]
    public async Task Each_entry_bears_what_its_own_route_shows_and_null_for_the_rest()
    {
        await gateway.SubscribeAsync("sub_1", "a_offer");
        await gateway.SettleAsync();
        var entries = (await gateway.Admin.GetAsync("/v1/search?q=alice")).Expect(200).Data.ToList();

        var customer = (await gateway.Admin.GetAsync("/v1/customers/alice")).Expect(200).Text;
        Assert.Equal(customer, entries[0].GetProperty("customer").GetRawText());
        var subscription = (await gateway.Admin.GetAsync("/v1/subscriptions/sub_1")).Expect(200).Text;
        Assert.Equal(subscription, entries[1].GetProperty("subscription").GetRawText());
        var found = (await gateway.Admin.GetAsync("/v1/search?q=sub_1:1")).Expect(200).Data.Single();
        var number = found.GetProperty("invoice").GetProperty("number").ToString();
        var invoice = (await gateway.Admin.GetAsync("/v1/invoices/sub_1:1")).Expect(200).Text;
        if (number.Length > 0) Assert.Equal(invoice, found.GetProperty("invoice").GetRawText());
        Assert.Equal("null null", $"{found.GetProperty("customer").GetRawText()} {found.GetProperty("subscription").GetRawText()}");
    }

    [Fact]
    public async Task The_best_match_comes_first_and_no_more_than_asked_for()
    {
        await gateway.SubscribeAsync("bob", "a_offer");
        await gateway.SubscribeAsync("bobby", "a_offer", customer: "bob");
        await gateway.SubscribeAsync("bobsled", "b_offer", customer: "bobo");
        await EditAsync("alice", """{"name":"Bob"}""");

        string[] all =
        [
            "subscription bob id", "customer bob id", "subscription bobby customer", "customer bobo id", "subscription bobsled id",
            "customer alice name",
        ];
        Assert.Equal(all, await FindAsync("bob"));
        for (var limit = 1; limit < all.Length; limit++) Assert.Equal(all[..limit], await FindAsync("bob", limit));
        Assert.Equal(all, await FindAsync("bob", 50));
    }

    [Fact]
    public async Task Sellers_and_customers_find_only_what_is_their_own()
    {
        await gateway.SubscribeAsync("sub_1", "a_offer");
        await gateway.SubscribeAsync("sub_2", "b_offer");
        await gateway.SubscribeAsync("sub_3", "b_offer", customer: "bob");
        await EditAsync("bob", """{"name":"Bob Stone"}""");
        var (acme, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));

        Assert.Equal(["subscription sub_1 id"], await FindAsync("sub", by: acme));
        Assert.Equal(["subscription sub_2 id", "subscription sub_3 id"], await FindAsync("sub_", by: other));
        Assert.Equal(["customer alice id", "subscription sub_1 customer"], await FindAsync("alice", by: acme));
        Assert.Equal(["customer bob name", "subscription sub_3 customer"], await FindAsync("stone", by: other));
        foreach (var text in new[] { "bob", "bob@example.com", "bob@", "stone", "sub_3", "sub_3:1" })
            Assert.Empty(await FindAsync(text, by: acme));
        var (alice, acmes) = (await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("alice", acme));
        Assert.Equal(["subscription sub_1 id", "subscription sub_2 id"], await FindAsync("sub", by: alice));
        Assert.Equal(["subscription sub_1 id"], await FindAsync("sub", by: acmes));
        Assert.Equal(["customer alice email", "subscription sub_1 customer"], await FindAsync("alice@example.com", by: acmes));
        foreach (var text in new[] { "bob", "bob@example.com", "bob@", "stone", "sub_3", "sub_3:1" })
            Assert.Empty(await FindAsync(text, by: alice));
        Assert.Equal(["invoice sub_2:1 id"], await FindAsync("sub_2:1", by: alice));
        Assert.Empty(await FindAsync("sub_2:1", by: acmes));
    }

    [Theory]
    [InlineData("", 400, "required", "q")]
    [InlineData("?q=", 422, "empty", "q")]
    [InlineData("?q=%20%20", 422, "empty", "q")]
    [InlineData("?q=a%00b", 422, "invalid_text", "q")]
    [InlineData("?q=a&limit=0", 422, "out_of_range", "limit")]
    [InlineData("?q=a&limit=201", 422, "out_of_range", "limit")]
    [InlineData("?q=a&limit=x", 400, "wrong_type", "limit")]
    [InlineData("?q=a&cursor=x", 400, "unknown_field", "cursor")]
    [InlineData("?q=a&q=b", 400, "duplicate_field", "q")]
    public async Task Faults_name_the_parameter(string query, int status, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/search{query}")).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_text_has_at_most_200_characters_and_may_be_anything()
    {
        (await gateway.Admin.GetAsync($"/v1/search?q={new string('a', 201)}")).ExpectProblem(422, "too_long", "q");
        string[] texts = [new string('a', 200), "%", "_", "'", "\\", "*", ":", ":1", "a:99999999999", "99999999999999999999", "é😀"];
        foreach (var text in texts) Assert.Empty(await FindAsync(text));
    }

    private async Task EditAsync(string customer, string changes) =>
        (await gateway.Admin.SendAsync(HttpMethod.Patch, $"/v1/customers/{customer}", changes)).Expect(200);

    private async Task<List<string>> FindAsync(string text, int? limit = null, ApiClient? by = null)
    {
        var path = $"/v1/search?q={Uri.EscapeDataString(text)}{(limit is null ? "" : $"&limit={limit}")}";
        return [.. (await (by ?? gateway.Admin).GetAsync(path)).Expect(200).Data.Select(one =>
            $"{one.GetProperty("type").GetString()} {one.GetProperty("id").GetString()} {one.GetProperty("matched_by").GetString()}")];
    }
}
