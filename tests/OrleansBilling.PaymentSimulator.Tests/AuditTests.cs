using System.Net;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class AuditTests : SimulatorTest
{
    [Theory]
    [InlineData("charges")]
    [InlineData("refunds")]
    public async Task The_whole_book_can_be_paged_through_in_the_order_in_which_it_was_written(string book)
    {
        var keys = Enumerable.Range(0, 25).Select(n => $"s-{n}:1:1").ToArray();
        foreach (var key in keys)
        {
            await Client.ChargeAsync(key);
            await Client.RefundAsync(key, key, 1);
        }

        var seen = new List<string?>();
        var sizes = new List<int>();
        string? cursor = null;
        do
        {
            var page = await Client.ReadAsync($"v1/{book}?limit=10{(cursor is null ? "" : $"&cursor={cursor}")}");
            var items = page.Json.GetProperty("items").EnumerateArray().ToArray();
            seen.AddRange(items.Select(item => item.GetProperty("key").GetString()));
            sizes.Add(items.Length);
            cursor = page.Text("next_cursor");
        }
        while (cursor is not null);

        Assert.Equal(keys, seen);
        Assert.Equal([10, 10, 5], sizes);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_book_has_no_next()
    {
        for (var n = 0; n < 10; n++) await Client.ChargeAsync($"s-{n}:1:1");

        Assert.Null((await Client.ReadAsync("v1/charges?limit=10")).Text("next_cursor"));
    }

    [Theory]
    [InlineData("limit=0", "limit_invalid", "limit")]
    [InlineData("limit=1001", "limit_invalid", "limit")]
    [InlineData("limit=many", "limit_invalid", "limit")]
    [InlineData("cursor=-1", "cursor_invalid", "cursor")]
    public async Task Pages_have_bounds(string query, string code, string field)
    {
        var reply = await Client.ReadAsync($"v1/charges?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(code, reply.Text("code"));
        Assert.Equal(field, reply.Text("field"));
    }

    [Fact]
    public async Task The_summary_adds_the_book_up()
    {
        await Client.ChargeAsync("s-1:1:1", amount: 100);
        await Client.ChargeAsync("s-2:1:1", amount: 200);
        await Client.ChargeAsync("s-3:1:1", amount: 5_000, currency: "JPY");
        await Client.ChargeAsync("s-4:1:1", "tok_lost_card", 1_000);
        await Client.ChargeAsync("s-5:1:1", "tok_voucher", 1_000, "EUR");
        await Client.RefundAsync("s-1:1:refund-1", "s-1:1:1", 30);

        var summary = await Client.ReadAsync("v1/book/summary");

        Assert.Equal(
            """{"charges":5,"succeeded":3,"declined":1,"pending":1,"amount_by_currency":{"BRL":300,"JPY":5000},"refunded_by_currency":""" +
            """{"BRL":30,"JPY":0}}""",
            summary.Json.GetRawText());
    }

    [Fact]
    public async Task The_summary_of_an_empty_book_is_empty() => Assert.Equal(
        """{"charges":0,"succeeded":0,"declined":0,"pending":0,"amount_by_currency":{},"refunded_by_currency":{}}""",
        (await Client.ReadAsync("v1/book/summary")).Json.GetRawText());
}
