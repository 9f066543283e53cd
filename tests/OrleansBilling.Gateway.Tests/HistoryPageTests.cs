using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Pages of one subscription's history are bounded in number and in bytes.</summary>
public sealed class HistoryPageTests
{
    private const string Meters =
        """
        ,"meters":[{"id":"users","name":"Users","aggregation":"unique","pricing":"per_unit","price":{"amount":1}}]
        """;

    [Fact]
    public async Task A_page_of_events_ends_early_where_it_would_be_too_large_and_nothing_is_left_out()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 0, offerFields: Meters);
        await gateway.SubscribeAsync("s");
        for (var call = 0; call < 6; call++) (await gateway.Admin.PostAsync("/v1/subscriptions/s/usage", Usage(call))).Expect(200);

        var sequences = new List<long>();
        var pages = 0;
        for (string? cursor = ""; cursor is not null; pages++)
        {
            var page = (await gateway.Admin.GetAsync($"/v1/subscriptions/s/events?limit=200{cursor}")).Expect(200);
            Assert.InRange(page.Text.Length, 1, HistoryPage.BytesMax + 100_000);
            sequences.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("sequence").GetInt64()));
            cursor = page.String("next_cursor") is { } next ? $"&cursor={next}" : null;
        }

        Assert.InRange(pages, 2, 4);
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(n => (long)n), sequences);
        Assert.Equal((await gateway.ReadAsync("s")).Number("version"), sequences.Count);

        static string Usage(int call) =>
            $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 1_000).Select(n => Entry(call, n)))}}]}""";

        static string Entry(int call, int n) =>
            $$"""{"id":"{{call}}-{{n}}","meter":"users","key":"{{new string('k', 180)}}-{{call}}-{{n}}"}""";
    }

    [Fact]
    public async Task Unique_keys_leave_the_snapshot_as_small_as_it_was()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 0, offerFields: Meters);
        await gateway.SubscribeAsync("s");
        var sizes = new List<int>();
        for (var call = 0; call < 3; call++)
        {
            var events = string.Join(
                ',', Enumerable.Range(0, 1_000).Select(n => $$"""{"id":"{{call}}-{{n}}","meter":"users","key":"user-{{call}}-{{n}}"}"""));
            (await gateway.Admin.PostAsync("/v1/subscriptions/s/usage", $$"""{"events":[{{events}}]}""")).Expect(200);
            sizes.Add((await gateway.Port<IJournal>().LoadAsync("s", CancellationToken.None))!.State.Length);
        }

        Assert.Equal("""[{"meter":"users","units":3000}]""", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 16);
    }

    [Fact]
    public void A_page_of_documents_ends_before_the_one_that_would_make_it_too_large()
    {
        Assert.Equal((3, 3), Cut(limit: 200, reasonBytes: 300_000, 4));
        Assert.Equal((3, null), Cut(limit: 200, reasonBytes: 300_000, 3));
        Assert.Equal((1, 1), Cut(limit: 200, reasonBytes: 2_000_000, 2));
        Assert.Equal((1, null), Cut(limit: 200, reasonBytes: 2_000_000, 1));
        Assert.Equal((2, 2), Cut(limit: 2, reasonBytes: 10, 3));
        Assert.Equal((2, null), Cut(limit: 2, reasonBytes: 10, 2));
        Assert.Equal((0, null), Cut(limit: 2, reasonBytes: 10, 0));
    }

    /// <summary>Cuts a page of some documents. Returns how many are shown and the position after which the next page starts.</summary>
    private static (int Shown, int? Next) Cut(int limit, int reasonBytes, int count)
    {
        var note = new CreditNoteDocument(
            "n", "s", "seller", "c", null, 1, RefundTarget.Credit, "BRL", 1, 0,
            new string('r', reasonBytes), Instant.FromUtc(2024, 1, 31, 0, 0));
        var (data, next) = new HistoryPage(new Query(new DefaultHttpContext().Request), null!, limit, 0)
            .Cut(Enumerable.Range(1, count), _ => note, n => n, GatewayJson.Default.CreditNoteDocument);
        Assert.True(
            data.Length == 1 ||
            data.Sum(
                one => JsonSerializer.SerializeToUtf8Bytes(one, GatewayJson.Default.CreditNoteDocument).Length) <= HistoryPage.BytesMax);
        if (next is null) return (data.Length, null);
        var following = new DefaultHttpContext().Request;
        following.QueryString = QueryString.Create("cursor", next);
        return (data.Length, (int)new Query(following).CursorNumber()!.Value);
    }
}
