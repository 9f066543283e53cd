using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// A seller's month from end to end: a product with tax, a split and a meter; a coupon, usage, a previewed plan change, a
/// voucher and a refund. At the end, the balances account for every cent collected.
/// </summary>
public sealed class SellersMonthTests
{
    [Fact]
    public async Task A_sellers_month_adds_up_on_SQLite()
    {
        await using var gateway = await TestGateway.StartAsync();
        await LiveAsync(gateway);
    }

    [PostgresFact]
    public async Task A_sellers_month_adds_up_on_PostgreSQL()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        await using var gateway = await TestGateway.StartAsync("--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}");
        await LiveAsync(gateway);
    }

    private static async Task LiveAsync(TestGateway gateway)
    {
        var ana = await gateway.AsSellerAsync("ana");
        await CreateCatalogAsync(ana);

        // Bob: 100.00 less 10 % coupon, plus 20 % tax, with Zoe as affiliate. 90 + 18 = 108.00.
        (await ana.PostAsync("/v1/subscriptions", Subscribe("bob", "tok_ok", ",\"affiliate_id\":\"zoe\",\"coupon\":\"SPRING\"")))
            .Expect(201);

        // Eve pays by voucher: 120.00, two days later.
        (await ana.PostAsync("/v1/subscriptions", Subscribe("eve", "tok_voucher", ""))).Expect(201);
        await gateway.AdvanceAsync("2024-02-02T00:00:00Z");
        Assert.Equal(
            ["voucher_issued", "voucher_reminder"],
            (await ana.GetAsync("/v1/messages")).Expect(200).Data.Select(m => m.GetProperty("type").GetString()));
        (await gateway.Admin.PostAsync("/v1/payments/confirm", """{"key":"eve:1:1","outcome":"succeeded"}""")).Expect(200);

        // Bob uses 1,500 calls and changes plan after 10 of 29 days. The invoice equals the preview to the cent.
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        (await ana.PostAsync("/v1/subscriptions/bob/usage", """{"events":[{"id":"u1","meter":"calls","quantity":1500}]}""")).Expect(200);
        var bob = await gateway.AsCustomerAsync("bob");
        var change = """{"offer_id":"pro","quantity":2,"at":"now"}""";
        var preview = (await bob.PostAsync("/v1/subscriptions/bob/change-plan/preview", change)).Expect(200);
        (await bob.PostAsync("/v1/subscriptions/bob/change-plan", change)).Expect(200);
        await gateway.SettleAsync();
        var bill = (await gateway.InvoicesAsync("bob"))[1];
        Assert.Equal(preview.Json.GetProperty("lines").GetRawText(), bill.GetProperty("lines").GetRawText());
        Assert.Equal(preview.Number("total"), Catalog.Total(bill));

        // Unused: 90.00 × 19/29 = 58.97. Two of 200.00 for the same 19 days: 262.07, less 10 %. Tax 20 %. The meter is the
        // same, so its count continues.
        Assert.Equal(["proration_credit -5897", "proration_charge 26207", "discount -2621", "tax 3538"], Catalog.LinesOf(bill));
        Assert.Equal(
            "[{\"name\":\"VAT\",\"country\":\"PT\",\"percent\":20,\"inclusive\":false,\"base\":17689,\"amount\":3538}]",
            bill.GetProperty("taxes").GetRawText());
        (await ana.PostAsync("/v1/subscriptions/bob/usage", """{"events":[{"id":"u2","meter":"calls","quantity":250}]}""")).Expect(200);

        // Eve gets a partial refund.
        (await ana.PostAsync("/v1/subscriptions/eve/invoices/1/refund", """{"amount":6000,"reason":"Half the course"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");

        // 1,750 calls, of which the first 1,000 are included: 750 × 0.02 = 15.00.
        Assert.Equal(["recurrence 40000", "usage 1500", "tax 8300"], Catalog.LinesOf((await gateway.InvoicesAsync("bob"))[2]));
        var invoices = (await gateway.InvoicesAsync("bob")).Concat(await gateway.InvoicesAsync("eve")).ToList();
        Assert.Equal(
            Enumerable.Range(1, invoices.Count).Select(n => (long)n), invoices.Select(i => i.GetProperty("number").GetInt64()).Order());
        var note = Assert.Single((await ana.GetAsync("/v1/subscriptions/eve/credit-notes")).Expect(200).Data);
        Assert.Equal(1, note.GetProperty("number").GetInt64());
        Assert.Equal(1000, note.GetProperty("tax").GetInt64());
        await BalancesAddUpAsync(gateway, ana, invoices, note);
    }

    /// <summary>The balances of all parties add up exactly to the money collected, less refunds and tax.</summary>
    private static async Task BalancesAddUpAsync(TestGateway gateway, ApiClient ana, List<JsonElement> invoices, JsonElement note)
    {
        var collected = invoices.Sum(invoice => invoice.GetProperty("paid").GetInt64());
        var lifetime = (await gateway.ReadAsync("bob")).Number("lifetime_paid") + (await gateway.ReadAsync("eve")).Number("lifetime_paid");
        Assert.Equal(collected - 6000, lifetime);

        var tax = invoices.Where(i => Catalog.Status(i) == "paid")
            .Sum(i => i.GetProperty("taxes").EnumerateArray().Sum(t => t.GetProperty("amount").GetInt64())) - note.GetProperty("tax")
            .GetInt64();
        var balances = (await ana.GetAsync("/v1/balances"))
            .Expect(200).Data.ToDictionary(row => row.GetProperty("party_id").GetString()!, row => row.GetProperty("amount").GetInt64());
        Assert.Equal(["ana", "market", "zoe"], balances.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0, balances.Values.Sum() + tax - lifetime);

        // The marketplace takes 10 % of each charge net of tax, Zoe 5 % of Bob's.
        Assert.Equal(Share(invoices, "", 10) - 500, balances["market"]);
        Assert.Equal(Share(invoices, "bob", 5), balances["zoe"]);
        var summary = (await ana.GetAsync("/v1/statistics/summary?from=2024-01-01&to=2024-02-29")).Expect(200).Json;
        Assert.Equal(collected, summary.GetProperty("collected")[0].GetProperty("amount").GetInt64());
        Assert.Equal(6000, summary.GetProperty("refunded")[0].GetProperty("amount").GetInt64());
    }

    private static long Share(List<JsonElement> invoices, string subscription, int percent) => invoices
        .Where(invoice =>
            Catalog.Status(invoice) == "paid" &&
            invoice.GetProperty("subscription_id").GetString()!.StartsWith(subscription, StringComparison.Ordinal))
        .Sum(invoice =>
            (long)Math.Round(
                (Catalog.Total(invoice) - invoice.GetProperty("taxes")[0].GetProperty("amount").GetInt64()) * percent / 100m,
                MidpointRounding.AwayFromZero));

    private static async Task CreateCatalogAsync(ApiClient ana)
    {
        const string Terms =
            """
            "meters":[{"id":"calls","name":"Calls","aggregation":"sum","pricing":"per_unit","price":{"amount":2},"included_units":1000}],
            "split":[{"role":"platform","party_id":"market","percent":10},{"role":"affiliate","percent":5}]
            """;
        (await ana.PostAsync(
            "/v1/products",
            """
            {"id":"course","seller_id":"ana","name":"Watercolours","tax":{"inclusive":false,"rates":[{"country":"PT","name":"VAT",
             "percent":20},{"name":"None","percent":0}]}}
            """)).Expect(201);
        (await ana.PostAsync(
            "/v1/plans", """{"id":"monthly","product_id":"course","name":"Monthly","interval":{"unit":"month","count":1}}""")).Expect(201);
        (await ana.PostAsync("/v1/offers", $$"""{"id":"basic","plan_id":"monthly","amount":10000,"currency":"EUR",{{Terms}}}"""))
            .Expect(201);
        (await ana.PostAsync("/v1/offers", $$"""{"id":"pro","plan_id":"monthly","amount":20000,"currency":"EUR",{{Terms}}}""")).Expect(201);
        (await ana.PostAsync("/v1/coupons", """{"id":"SPRING","seller_id":"ana","percent":10,"duration":"once","redemptions_max":1}"""))
            .Expect(201);
    }

    private static string Subscribe(string id, string token, string fields) =>
        $$$"""{"id":"{{{id}}}","offer_id":"basic","customer":{"id":"{{{id}}}","country":"PT"},"payment_method":""" +
        $$$"""{"token":"{{{token}}}"}{{{fields}}}}""";
}
