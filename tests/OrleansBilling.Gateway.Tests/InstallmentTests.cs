using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A yearly plan paid in monthly installments.</summary>
public sealed class InstallmentTests
{
    [Fact]
    public async Task Parts_are_charged_by_the_month_and_sum_to_the_price()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.AlsoSellAsync("yearly", 10_000, unit: "year", planFields: ",\"installments\":3");
        Assert.Equal(3, (await gateway.Admin.GetAsync("/v1/plans/yearly_plan")).Expect(200).Number("installments"));

        Assert.Equal(3333, (await gateway.SubscribeAsync("s", "yearly_offer")).Number("lifetime_paid"));
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var open = Assert.Single(await gateway.InvoicesAsync("s"));
        Assert.Equal("open", Catalog.Status(open));
        Assert.Equal(3, open.GetProperty("parts").GetInt32());
        Assert.Equal(6666, open.GetProperty("paid").GetInt64());
        Assert.Equal(["installment 3333", "installment 3333", "installment 3334"], Catalog.LinesOf(open));
        Assert.Equal(
            ["2024-01-31T00:00:00Z", "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z"],
            open.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("period").GetProperty("start").GetString()));

        await gateway.AdvanceAsync("2024-03-31T00:00:00Z");
        var paid = Assert.Single(await gateway.InvoicesAsync("s"));
        Assert.Equal("paid", Catalog.Status(paid));
        Assert.Equal("2024-03-31T00:00:00Z", paid.GetProperty("paid_at").GetString());
        Assert.Equal(10_000, (await gateway.ReadAsync("s")).Number("lifetime_paid"));
        Assert.Equal("2025-01-31T00:00:00Z", (await gateway.ReadAsync("s")).String("next_billing_at"));
    }
}
