using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The lists of the catalog: filters, pages, who sees what.</summary>
public sealed class CatalogListTests
{
    [Fact]
    public async Task The_catalog_is_listed_by_filter_and_in_pages()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        await gateway.SellAsync("b", seller: "other");
        await gateway.SellAsync("c", seller: "third");
        (await gateway.Admin.PostAsync("/v1/coupons", """{"id":"c1","seller_id":"acme","percent":1,"duration":"once"}""")).Expect(201);
        (await gateway.Admin.PostAsync("/v1/products/c_product/archive", null)).Expect(200);
        (await gateway.Admin.PostAsync("/v1/plans/c_plan/archive", null)).Expect(200);
        (await gateway.Admin.PostAsync("/v1/offers/c_offer/archive", null)).Expect(200);

        foreach (var kind in new[] { "product", "plan", "offer" })
        {
            string[] all = [$"a_{kind}", $"b_{kind}", $"c_{kind}"];
            Assert.Equal(all, await IdsAsync(gateway.Admin, kind, ""));
            Assert.Equal(all[..1], await IdsAsync(gateway.Admin, kind, "seller_id=acme"));
            Assert.Equal(all[..2], await IdsAsync(gateway.Admin, kind, "seller_id=other,acme"));
            Assert.Equal(all[2..], await IdsAsync(gateway.Admin, kind, "archived=true"));
            Assert.Equal(all[..2], await IdsAsync(gateway.Admin, kind, "archived=false"));
            Assert.Equal(all[1..], await IdsAsync(gateway.Admin, kind, "created_from=2024-02-01T00:00:00Z"));
            Assert.Equal(all[..1], await IdsAsync(gateway.Admin, kind, "created_to=2024-02-01T00:00:00Z"));
            if (kind != "product") Assert.Equal(all[1..2], await IdsAsync(gateway.Admin, kind, "product_id=b_product,nothing"));
            if (kind == "offer")
                Assert.Equal(all[..1], await IdsAsync(gateway.Admin, kind, "plan_id=a_plan&product_id=a_product,b_product"));
        }

        Assert.Equal(["c1"], await IdsAsync(gateway.Admin, "coupon", "seller_id=acme"));
        Assert.Empty(await IdsAsync(gateway.Admin, "coupon", "archived=true"));
    }

    [Fact]
    public async Task Everybody_reads_what_is_sold_and_its_seller_also_what_is_archived()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.SellAsync("b", seller: "other");
        (await gateway.Admin.PostAsync("/v1/products/a_product/archive", null)).Expect(200);
        var (seller, otherSeller) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        var (anyone, sellers) = (await gateway.AsCustomerAsync("alice"), await gateway.AsCustomerAsync("alice", otherSeller));

        Assert.Equal(["a_product", "b_product"], await IdsAsync(seller, "product", ""));
        Assert.Equal(["b_product"], await IdsAsync(otherSeller, "product", ""));
        Assert.Equal(["b_product"], await IdsAsync(anyone, "product", ""));
        Assert.Equal(["a_offer", "b_offer"], await IdsAsync(anyone, "offer", ""));
        Assert.Equal(["b_offer"], await IdsAsync(sellers, "offer", ""));
        (await sellers.GetAsync("/v1/offers?seller_id=acme")).ExpectProblem(403, "forbidden", "seller_id");
        (await sellers.GetAsync("/v1/offers/a_offer")).ExpectProblem(404, "offer_not_found");
        (await seller.GetAsync("/v1/products/a_product")).Expect(200);
        (await otherSeller.GetAsync("/v1/products/a_product")).ExpectProblem(404, "product_not_found");
        (await anyone.GetAsync("/v1/products/a_product")).ExpectProblem(404, "product_not_found");
    }

    [Fact]
    public async Task Others_see_neither_who_shares_the_money_nor_how_customers_are_kept()
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.PostAsync(
            "/v1/products",
            """
            {"id":"p","seller_id":"acme","name":"P","loyalty":{"after_recurrences":3,"percent":10,"recurrences":1},
             "retention":{"offers":[{"id":"r","pause_days":30}]}}
            """)).Expect(201);
        (await gateway.Admin.PostAsync("/v1/plans", """{"id":"l","product_id":"p","name":"L","interval":{"unit":"month","count":1}}"""))
            .Expect(201);
        (await gateway.Admin.PostAsync(
            "/v1/offers",
            """{"id":"o","plan_id":"l","amount":1,"currency":"BRL","split":[{"role":"platform","party_id":"us","percent":9}]}"""))
            .Expect(201);
        foreach (var reader in new[] { await gateway.AsSellerAsync("other"), await gateway.AsCustomerAsync("alice") })
        {
            foreach (var path in new[] { "/v1/products", "/v1/products/p", "/v1/offers", "/v1/offers/o" })
                Assert.DoesNotMatch("\"(pause_days|after_recurrences|party_id)\"", (await reader.GetAsync(path)).Expect(200).Text);
        }

        Assert.Contains("\"party_id\"", (await gateway.Admin.GetAsync("/v1/offers")).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("\"pause_days\"", (await gateway.Admin.GetAsync("/v1/products")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/products?plan_id=x", 400, "unknown_field", "plan_id")]
    [InlineData("/v1/plans?plan_id=x", 400, "unknown_field", "plan_id")]
    [InlineData("/v1/offers?status=active", 400, "unknown_field", "status")]
    [InlineData("/v1/offers?limit=201", 422, "out_of_range", "limit")]
    [InlineData("/v1/coupons?limit=0", 422, "out_of_range", "limit")]
    [InlineData("/v1/products?archived=yes", 400, "wrong_type", "archived")]
    [InlineData("/v1/products?created_from=yesterday", 422, "invalid_instant", "created_from")]
    [InlineData("/v1/plans?created_from=2024-02-01T00:00:00Z&created_to=2024-02-01T00:00:00Z", 422, "out_of_range", "created_to")]
    [InlineData("/v1/products?seller_id=a,,b", 422, "invalid_id", "seller_id")]
    [InlineData("/v1/products?seller_id=", 422, "invalid_id", "seller_id")]
    [InlineData("/v1/products?cursor=x", 422, "invalid_cursor", "cursor")]
    public async Task What_is_wrong_with_a_query_is_named(string path, int status, string code, string field)
    {
        await using var gateway = await TestGateway.StartAsync();
        (await gateway.Admin.GetAsync(path)).ExpectProblem(status, code, field);
    }

    [Fact]
    public async Task A_filter_has_at_most_fifty_values_and_a_cursor_is_for_its_own_list()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.SellAsync("b");
        var sellers = string.Join(',', Enumerable.Range(0, 50).Select(n => $"s{n}"));
        Assert.Empty((await gateway.Admin.GetAsync($"/v1/products?seller_id={sellers}")).Expect(200).Data);
        (await gateway.Admin.GetAsync($"/v1/products?seller_id={sellers},s50")).ExpectProblem(422, "out_of_range", "seller_id");

        var cursor = (await gateway.Admin.GetAsync("/v1/products?limit=1")).Expect(200).String("next_cursor");
        Assert.Equal(["b_product"], await IdsAsync(gateway.Admin, "product", $"cursor={cursor}"));
        foreach (var list in new[] { "plans", "offers", "coupons", "subscriptions", "api-keys" })
            (await gateway.Admin.GetAsync($"/v1/{list}?cursor={cursor}")).ExpectProblem(422, "invalid_cursor", "cursor");
    }

    private static async Task<List<string>> IdsAsync(ApiClient client, string kind, string filter)
    {
        var ids = new List<string>();
        for (var cursor = filter; ;)
        {
            var page = (await client.GetAsync($"/v1/{kind}s?limit=1{(cursor.Length > 0 ? "&" : "")}{cursor}")).Expect(200);
            ids.AddRange(page.Data.Select(entry => entry.GetProperty("id").GetString()!));
            if (page.IsNull("next_cursor")) return ids;
            var kept = string.Join('&', filter.Split('&').Where(part => !part.StartsWith("cursor=", StringComparison.Ordinal)));
            cursor = $"{kept}&cursor={page.String("next_cursor")}".TrimStart('&');
        }
    }
}
