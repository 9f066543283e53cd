using Microsoft.Data.Sqlite;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Issue 8, 2.1: large amounts of one seller do not affect others through the market's sums, and figures stay exact.</summary>
public sealed class LargeSumTests
{
    private const long Brim = long.MaxValue;

    private static readonly string[] Reads =
    [
        "/v1/statistics/cancellations?from=2024-01-01", "/v1/statistics/cancellations/monthly?from=2024-01-01&group_by=product",
        "/v1/statistics/cancellations/origins?from=2024-01-01", "/v1/statistics/cancellations/daily?from=2024-01-01",
        "/v1/statistics/summary?from=2024-01-01", "/v1/statistics/mrr-movements?from=2024-01-01", "/v1/statistics/forecast",
        "/v1/statistics/cohorts?from=2024-01-01",
        "/v1/balances",
    ];

    [Fact]
    public async Task Sums_filled_to_the_brim_refuse_no_payment_and_are_told_exactly()
    {
        using var directory = new DataDirectory();
        await using var gateway = await TestGateway.StartInAsync(directory);
        await gateway.SellAsync(amount: 100);
        await gateway.SellAsync("other", seller: "other", amount: 1_000);
        await gateway.SubscribeAsync("big");
        await gateway.SettleAsync();
        await FillAsync(directory);

        await gateway.SubscribeAsync("small", "other_offer", "bob");
        await gateway.SettleAsync();

        Assert.Equal("active", (await gateway.Admin.GetAsync("/v1/subscriptions/small")).String("status"));
        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-01")).Expect(200).Json;
        Assert.Equal($$"""[{"currency":"BRL","amount":{{(Int128)Brim + 1_000}}}]""", summary.GetProperty("collected").GetRawText());
        Assert.Equal($$"""[{"currency":"BRL","amount":{{(Int128)Brim + 1_000}}}]""", summary.GetProperty("mrr").GetRawText());
        var others = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-01&seller_id=other")).Expect(200).Json;
        Assert.Equal("""[{"currency":"BRL","amount":1000}]""", others.GetProperty("collected").GetRawText());

        // A year later, everything still bills, and every figure can still be read.
        await gateway.AdvanceAsync("2025-01-31T12:00:00Z");
        Assert.Equal(13_000, (await gateway.Admin.GetAsync("/v1/subscriptions/small")).Number("lifetime_paid"));
        foreach (var id in (string[])["big", "small"])
            (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/cancel", """{"at":"now"}""")).Expect(200);
        foreach (var path in Reads) (await gateway.Admin.GetAsync(path)).Expect(200);
    }

    /// <summary>The sum of 900,000 subscriptions at the largest price.</summary>
    private static async Task FillAsync(DataDirectory directory)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "billing.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"update statistic_day set value = {Brim}; update statistic_market set value = {Brim}; update balance set amount = {Brim}";
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
