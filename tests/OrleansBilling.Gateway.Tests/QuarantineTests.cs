using Microsoft.Data.Sqlite;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// Issue 8, 2.4: a subscription with a damaged row is listed as unreadable, does not block others, and works again once the
/// row is repaired.
/// </summary>
public sealed class QuarantineTests
{
    [Fact]
    public async Task A_damaged_subscription_holds_neither_the_clock_nor_a_list_up_and_is_released_when_it_is_mended()
    {
        using var directory = new DataDirectory();
        await using (var before = await TestGateway.StartInAsync(directory))
        {
            await before.SellAsync();
            await before.SubscribeAsync("broken");
            await before.SubscribeAsync("fine");
            Assert.Empty((await before.Admin.GetAsync("/v1/quarantine")).Expect(200).Data);
        }

        var state = await QueryAsync(directory, "select state from subscription where id = 'broken'");
        await QueryAsync(directory, "update subscription set state = '{\"broken' where id = 'broken'");
        await using var gateway = await TestGateway.StartInAsync(directory);

        var advanced = (await gateway.Admin.PostAsync("/v1/clock/advance", """{"to":"2024-04-15T00:00:00Z"}""")).Expect(200).Json;
        Assert.Equal("2024-04-15T00:00:00Z", advanced.GetProperty("now").GetString());
        var left = Assert.Single(advanced.GetProperty("left_out").EnumerateArray());
        Assert.Equal(
            ("broken", "2024-02-29T00:00:00Z"), (left.GetProperty("subscription_id").GetString(), left.GetProperty("due_at").GetString()));
        Assert.StartsWith("JsonException", left.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, (await gateway.ReadAsync("fine")).Number("paid_recurrences"));

        var page = (await gateway.Admin.GetAsync("/v1/subscriptions?limit=1")).Expect(200).Json;
        Assert.Empty(page.GetProperty("data").EnumerateArray());
        Assert.Equal("""[{"id":"broken","version":4,"code":"unreadable"}]""", page.GetProperty("unreadable").GetRawText());
        var rest = (await gateway.Admin.GetAsync($"/v1/subscriptions?limit=1&cursor={page.GetProperty("next_cursor").GetString()}"))
            .Expect(200).Json;
        Assert.Equal("fine", Assert.Single(rest.GetProperty("data").EnumerateArray()).GetProperty("id").GetString());
        Assert.False(rest.TryGetProperty("unreadable", out _));

        var listed = Assert.Single((await gateway.Admin.GetAsync("/v1/quarantine")).Expect(200).Data);
        Assert.Equal("broken", listed.GetProperty("subscription_id").GetString());
        var seller = await gateway.AsSellerAsync("acme");
        (await seller.GetAsync("/v1/quarantine")).ExpectProblem(403, "forbidden");
        (await seller.PostAsync("/v1/quarantine/broken/release")).ExpectProblem(403, "forbidden");
        (await gateway.Admin.PostAsync("/v1/quarantine/nobody/release")).ExpectProblem(404, "subscription_not_found");

        await QueryAsync(
            directory, $"update subscription set state = '{state!.Replace("'", "''", StringComparison.Ordinal)}' where id = 'broken'");
        (await gateway.Admin.PostAsync("/v1/quarantine/broken/release")).Expect(200);
        await gateway.AdvanceAsync("2024-04-15T00:00:01Z");

        Assert.Equal(3, (await gateway.ReadAsync("broken")).Number("paid_recurrences"));
        Assert.Empty((await gateway.Admin.GetAsync("/v1/quarantine")).Expect(200).Data);
        (await gateway.Admin.PostAsync("/v1/quarantine/broken/release")).Expect(200);
    }

    private static async Task<string?> QueryAsync(DataDirectory directory, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "billing.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string?)await command.ExecuteScalarAsync();
    }
}
