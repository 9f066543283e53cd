using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The price of a period's usage does not depend on plan changes that keep the meters. The figures are those of issue 8.</summary>
public sealed class PeriodUsageTests
{
    private const string Extra = "\"addons\":[{\"id\":\"extra\",\"name\":\"Extra\",\"amount\":0}]";

    private static string Calls(long amount, long included) =>
        $$$""","meters":[{"id":"calls","name":"Calls","aggregation":"sum","pricing":"per_unit","price":{"amount":{{{amount}}}}""" +
        $$$""","included_units":{{{included}}}}]""";

    private static async Task<TestGateway> SellAsync(string meters)
    {
        var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 1000, offerFields: $",{Extra}{meters}");
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        return gateway;
    }

    private static Task<Reply> UseAsync(TestGateway gateway, string id, long quantity) =>
        gateway.AskAsync("s", "usage", $$"""{"events":[{"id":"{{id}}","meter":"calls","quantity":{{quantity}}}]}""");

    private static Task<Reply> ChangeAsync(TestGateway gateway, string body) =>
        gateway.AskAsync("s", "change-plan", $$"""{"at":"now",{{body}}}""");

    private static Task<Reply> AddOnsAsync(TestGateway gateway, bool extra) => ChangeAsync(gateway, $$"""
        "addons":[{{(extra ? """{"id":"extra"}""" : "")}}]
        """);

    [Fact]
    public async Task Five_times_a_hundred_calls_between_addons_cost_four_thousand()
    {
        await using var gateway = await SellAsync(Calls(10, 100));
        for (var n = 0; n < 5; n++)
        {
            await UseAsync(gateway, $"u{n}", 100);
            await AddOnsAsync(gateway, extra: n % 2 == 0);
        }

        Assert.Equal("""[{"meter":"calls","units":500}]""", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var invoices = await gateway.InvoicesAsync("s");
        Assert.Equal(["recurrence 1000", "addon 0", "usage 4000"], Catalog.LinesOf(invoices[^1]));
        Assert.Equal("calls", Meters(invoices[^1])[2]);
        Assert.All(invoices.SkipLast(1), invoice => Assert.All(Meters(invoice), Assert.Null));
    }

    [Fact]
    public async Task Ten_seats_before_and_after_an_addon_are_ten_seats()
    {
        await using var gateway = await SellAsync(
            ""","meters":[{"id":"calls","name":"Seats","aggregation":"max","pricing":"per_unit","price":{"amount":500}}]""");
        await UseAsync(gateway, "u1", 10);
        await AddOnsAsync(gateway, extra: true);
        await UseAsync(gateway, "u2", 10);

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 1000", "addon 0", "usage 5000"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[^1]));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(50, 25)]
    public async Task Tiers_of_half_a_unit_are_rounded_once(int tiers, long price)
    {
        var half = string.Join(
            ',', Enumerable.Range(1, tiers)
                .Select(n => n == tiers ? """{"price":{"amount":1,"per":2}}""" : $$$"""{"up_to":{{{n}}},"price":{"amount":1,"per":2}}"""));
        await using var gateway = await SellAsync(
            $$""","meters":[{"id":"calls","name":"Calls","aggregation":"sum","pricing":"graduated","tiers":[{{half}}]}]""");
        await UseAsync(gateway, "u1", tiers);

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 1000", $"usage {price}"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[^1]));
    }

    /// <summary>
    /// 150 calls at 10, of which 100 are included, cost 500. At 25 with 20 included, which are already used up, two more
    /// cost 50.
    /// </summary>
    [Fact]
    public async Task Another_price_settles_what_was_used_and_the_preview_says_so()
    {
        await using var gateway = await SellAsync(Calls(10, 100));
        await gateway.AlsoSellAsync("other", 1000, offerFields: Calls(25, 20));
        await UseAsync(gateway, "u1", 150);

        var preview = (
            await gateway.Admin.PostAsync("/v1/subscriptions/s/change-plan/preview", """{"at":"now","offer_id":"other_offer"}"""))
                .Expect(200).Json;
        await ChangeAsync(gateway, "\"offer_id\":\"other_offer\"");
        var change = (await gateway.InvoicesAsync("s"))[^1];
        Assert.Equal(Catalog.LinesOf(preview), Catalog.LinesOf(change));
        Assert.Equal("usage 500", Catalog.LinesOf(change).Last());

        await UseAsync(gateway, "u2", 2);
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 1000", "usage 50"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[^1]));
    }

    [Fact]
    public async Task What_would_cost_more_than_ten_to_the_fifteenth_is_refused_when_it_is_recorded_and_the_most_is_billed_exactly()
    {
        await using var gateway = await SellAsync(Calls(2_000_000_000, 0));
        await UseAsync(gateway, "u1", 500_000);
        var refused = await gateway.Admin.PostAsync(
            "/v1/subscriptions/s/usage", """{"events":[{"id":"u2","meter":"calls","quantity":1}]}""");
        refused.ExpectProblem(422, "usage_too_large", "quantity");

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(["recurrence 1000", "usage 1000000000000000"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[^1]));
        Assert.Equal(1_000_000_000_002_000, (await gateway.ReadAsync("s")).Number("lifetime_paid"));
    }

    [Fact]
    public async Task An_alert_of_a_year_in_parts_names_the_first_and_the_total()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.AlsoSellAsync("yearly", 24_000, unit: "year", planFields: ",\"installments\":12,\"renewal_alert_days\":5");
        await gateway.SubscribeAsync("s", "yearly_offer");
        await gateway.AdvanceAsync("2025-01-26T00:00:00Z");

        var alert = Assert.Single((await gateway.Admin.GetAsync("/v1/messages")).Expect(200).Data).GetProperty("data");
        Assert.Equal((2000L, 24_000L), (alert.GetProperty("amount").GetInt64(), alert.GetProperty("total").GetInt64()));
    }

    private static List<string?> Meters(JsonElement invoice) =>
        [.. invoice.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("meter").GetString())];
}
