using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Balances of the parties of a split.</summary>
public sealed class BalanceTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            amount: 10_000,
            offerFields: ",\"split\":[{\"role\":\"platform\",\"party_id\":\"market\",\"percent\":9.9},{\"role\":\"affiliate\"," +
                "\"percent\":20}]");
        await gateway.SellAsync(
            "other", seller: "other", amount: 1000, currency: "USD",
            offerFields: ",\"split\":[{\"role\":\"co_producer\",\"party_id\":\"acme\",\"amount\":300}]");
        await gateway.SubscribeAsync("direct");
        await gateway.SubscribeAsync("brought", fields: ",\"affiliate_id\":\"zoe\"");
        await gateway.SubscribeAsync("o", "other_offer");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Every_charge_is_shared_out_and_the_rest_is_the_sellers()
    {
        Assert.Equal(
            """{"data":[{"seller_id":"acme","party_id":"acme","currency":"BRL","amount":16020},""" +
            """{"seller_id":"acme","party_id":"market","currency":"BRL","amount":1980},""" +
            """{"seller_id":"acme","party_id":"zoe","currency":"BRL","amount":2000},""" +
            """{"seller_id":"other","party_id":"acme","currency":"USD","amount":300},""" +
            """{"seller_id":"other","party_id":"other","currency":"USD","amount":700}],"next_cursor":null}""",
            (await gateway.Admin.GetAsync("/v1/balances")).Expect(200).Text);
        Assert.Equal("zoe", (await gateway.ReadAsync("brought")).String("affiliate_id"));
    }

    [Fact]
    public async Task A_full_refund_takes_every_share_back()
    {
        await gateway.AskAsync("brought", "invoices/1/refund");
        Assert.Equal(["acme 9010", "market 990", "zoe 0"], await ReadAsync(gateway.Admin, "?seller_id=acme"));
    }

    [Fact]
    public async Task Balances_come_in_pages()
    {
        var seen = new List<string>();
        for (var cursor = ""; ;)
        {
            var page = (await gateway.Admin.GetAsync($"/v1/balances?limit=2{cursor}")).Expect(200);
            seen.AddRange(page.Data.Select(row => $"{row.GetProperty("seller_id").GetString()}/{row.GetProperty("party_id").GetString()}"));
            if (page.IsNull("next_cursor")) break;
            cursor = $"&cursor={page.String("next_cursor")}";
        }

        Assert.Equal(["acme/acme", "acme/market", "acme/zoe", "other/acme", "other/other"], seen);
    }

    [Fact]
    public async Task A_seller_sees_what_its_products_brought_whom_and_what_others_owe_it()
    {
        var acme = await gateway.AsSellerAsync("acme");
        Assert.Equal(["acme 16020", "market 1980", "zoe 2000"], await ReadAsync(acme, ""));
        Assert.Equal(["market 1980"], await ReadAsync(acme, "?party_id=market"));
        Assert.Equal(["acme 300"], await ReadAsync(acme, "?party_id=acme&seller_id=other"));
        Assert.Equal(["acme 16020", "acme 300"], await ReadAsync(acme, "?party_id=acme"));
        Assert.Equal(["market 1980", "zoe 2000"], await ReadAsync(acme, "?party_id=zoe,market"));
        Assert.Equal(["acme 16020", "market 1980", "zoe 2000", "acme 300"], (await OfBothAsync()).Take(4));
        Task<IEnumerable<string>> OfBothAsync() => ReadAsync(gateway.Admin, "?seller_id=other,acme");
        (await acme.GetAsync("/v1/balances?seller_id=acme,other")).ExpectProblem(403, "forbidden", "seller_id");
        (await acme.GetAsync("/v1/balances?seller_id=other")).ExpectProblem(403, "forbidden", "seller_id");
        (await acme.GetAsync("/v1/balances?seller_id=other&party_id=other")).ExpectProblem(403, "forbidden", "seller_id");
    }

    [Theory]
    [InlineData("seller_id=a%20b", 422, "invalid_id", "seller_id")]
    [InlineData("party_id=", 422, "invalid_id", "party_id")]
    [InlineData("limit=0", 422, "out_of_range", "limit")]
    [InlineData("cursor=MWFjbWUvYWNtZQ", 422, "invalid_cursor", "cursor")]
    [InlineData("cursor=MWFjbWUvYWNtZS9YWVo", 422, "invalid_cursor", "cursor")]
    public async Task What_makes_no_sense_is_refused(string query, int status, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/balances?{query}")).ExpectProblem(status, code, field);

    private static async Task<IEnumerable<string>> ReadAsync(ApiClient client, string query) =>
        (await client.GetAsync($"/v1/balances{query}"))
            .Expect(200).Data.Select(row => $"{row.GetProperty("party_id").GetString()} {row.GetProperty("amount").GetInt64()}");
}
