using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a period used, by meter, and how each usage event was taken.</summary>
public sealed class UsageOfPeriodTests : IAsyncLifetime
{
    private const string Usage = "/v1/subscriptions/s/usage";

    private const string Meters =
        """
        ,"meters":[
          {"id":"calls","name":"Calls","aggregation":"sum","pricing":"per_unit","price":{"amount":10},"included_units":100},
          {"id":"seats","name":"Seats","aggregation":"max","pricing":"per_unit","price":{"amount":500}},
          {"id":"disk","name":"Disk","aggregation":"last","pricing":"per_unit","price":{"amount":1}},
          {"id":"users","name":"Users","aggregation":"unique","pricing":"per_unit","price":{"amount":7}}]
        """;

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 1000, offerFields: Meters);
        await gateway.SubscribeAsync("s");
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Every_event_says_how_it_was_taken()
    {
        await RecordAsync(
            """
            {"id":"1","meter":"calls","quantity":150},{"id":"1","meter":"calls","quantity":150},
            {"id":"2","meter":"seats","quantity":5},{"id":"3","meter":"seats","quantity":3},
            {"id":"4","meter":"disk","quantity":20},{"id":"5","meter":"disk","quantity":9,"at":"2024-02-01T00:00:00Z"},
            {"id":"6","meter":"users","key":"ann"},{"id":"7","meter":"users","key":"ann"}
            """);
        await RecordAsync("""{"id":"2","meter":"seats","quantity":5},{"id":"8","meter":"calls","quantity":1}""");

        var used = await ReadAsync();
        Assert.Equal(1, used.Number("period_index"));
        Assert.Equal("2024-02-29T00:00:00Z", used.Json.GetProperty("period").GetProperty("end").GetString());
        Assert.Equal(["calls 151 510", "disk 20 20", "seats 5 2500", "users 1 7"], MetersOf(used));
        Assert.Equal(
            ["1 counted", "2 counted", "3 not_highest", "4 counted", "5 not_latest", "6 counted", "7 known_key", "1 double", "8 counted",
                "2 double"],
            EventsOf(used));
        var fifth = used.Data.ElementAt(4);
        Assert.Equal("2024-02-01T00:00:00Z", fifth.GetProperty("at").GetString());
        Assert.Equal("2024-02-10T00:00:00Z", fifth.GetProperty("recorded_at").GetString());
        Assert.Equal("ann", used.Data.ElementAt(5).GetProperty("key").GetString());
    }

    [Fact]
    public async Task What_comes_after_its_period_is_late_and_in_the_period_in_which_it_came()
    {
        await RecordAsync("""{"id":"1","meter":"calls","quantity":150}""");
        await gateway.AdvanceAsync("2024-03-02T00:00:00Z");
        await RecordAsync(
            """{"id":"2","meter":"calls","quantity":30,"at":"2024-02-20T00:00:00Z"},{"id":"3","meter":"calls","quantity":4}""");

        var first = await ReadAsync("?period=1");
        Assert.Equal(["calls 150 500"], MetersOf(first));
        Assert.Equal(["1 counted"], EventsOf(first));
        var second = await ReadAsync();
        Assert.Equal(2, second.Number("period_index"));
        Assert.Equal(["calls 34 0"], MetersOf(second));
        Assert.Equal(["2 counted", "3 counted"], EventsOf(second));
        Assert.Equal([true, false], second.Data.Select(e => e.GetProperty("late").GetBoolean()));
        Assert.All(second.Data, e => Assert.Equal(2, e.GetProperty("period_index").GetInt32()));
    }

    [Fact]
    public async Task Pages_hold_each_event_once_and_stay_in_their_period()
    {
        for (var n = 0; n < 5; n++)
            await RecordAsync(string.Join(',', Enumerable.Range(0, 50).Select(m => $$"""{"id":"{{n}}-{{m}}","meter":"calls"}""")));
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await ReadAsync($"?limit=7{(next is null ? "" : $"&cursor={next}")}");
            Assert.InRange(page.Data.Count(), 1, 7);
            seen.AddRange(page.Data.Select(e => e.GetProperty("id").GetString()!));
            if (next is null) await gateway.AdvanceAsync("2024-03-02T00:00:00Z");
            next = page.String("next_cursor");
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 250).Select(n => $"{n / 50}-{n % 50}"), seen);
    }

    [Fact]
    public async Task A_trial_has_its_own_usage_which_costs_nothing()
    {
        await gateway.AlsoSellAsync("tried", 1000, planFields: ",\"trial_days\":7", offerFields: Meters);
        await gateway.SubscribeAsync("t", "tried_offer");
        await gateway.AskAsync("t", "usage", """{"events":[{"id":"1","meter":"calls","quantity":150}]}""");
        var tried = (await gateway.Admin.GetAsync("/v1/subscriptions/t/usage")).Expect(200);
        Assert.Equal((0L, true), (tried.Number("period_index"), tried.IsNull("period")));
        Assert.Equal(["calls 150 0"], MetersOf(tried));

        await gateway.AdvanceAsync("2024-02-20T00:00:00Z");
        Assert.Empty((await gateway.Admin.GetAsync("/v1/subscriptions/t/usage")).Expect(200).Data);
        var before = (await gateway.Admin.GetAsync("/v1/subscriptions/t/usage?period=0")).Expect(200);
        Assert.Equal(["calls 150 0"], MetersOf(before));
        Assert.Equal(["1 counted"], EventsOf(before));
    }

    [Fact]
    public async Task What_a_trial_used_is_still_shown_if_no_period_follows()
    {
        await gateway.AlsoSellAsync("tried", 1000, planFields: ",\"trial_days\":7", offerFields: Meters);
        await gateway.SubscribeAsync("t", "tried_offer");
        await gateway.AskAsync("t", "usage", """{"events":[{"id":"1","meter":"calls","quantity":150}]}""");
        await gateway.AskAsync("t", "cancel", """{"at":"now"}""");
        Assert.Equal(["calls 150 0"], MetersOf((await gateway.Admin.GetAsync("/v1/subscriptions/t/usage")).Expect(200)));
    }

    [Fact]
    public async Task A_change_to_another_interval_leaves_the_period_before_its_usage()
    {
        await gateway.AlsoSellAsync("weekly", 300, unit: "week", offerFields: Meters);
        await RecordAsync("""{"id":"1","meter":"calls","quantity":150}""");
        await gateway.AskAsync("s", "change-plan", """{"at":"now","offer_id":"weekly_offer"}""");
        await RecordAsync("""{"id":"2","meter":"calls","quantity":1}""");

        Assert.Equal(["calls 150 500"], MetersOf(await ReadAsync("?period=1")));
        var second = await ReadAsync("?period=2");
        Assert.Equal(["calls 1 0"], MetersOf(second));
        Assert.Equal(["2 counted"], EventsOf(second));
    }

    [Theory]
    [InlineData("?period=2", 404, "period_not_found", null)]
    [InlineData("?period=-1", 422, "out_of_range", "period")]
    [InlineData("?period=now", 400, "wrong_type", "period")]
    [InlineData("?limit=201", 422, "out_of_range", "limit")]
    [InlineData("?cursor=nonsense", 422, "invalid_cursor", "cursor")]
    public async Task What_is_not_there_is_said(string query, int status, string code, string? field) =>
        (await gateway.Admin.GetAsync(Usage + query)).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_cursor_of_another_period_or_list_is_refused()
    {
        await RecordAsync("""{"id":"1","meter":"calls"},{"id":"2","meter":"calls"}""");
        var next = (await ReadAsync("?limit=1")).String("next_cursor");
        Assert.Equal(["2 counted"], EventsOf(await ReadAsync($"?period=1&cursor={next}")));
        (await gateway.Admin.GetAsync($"{Usage}?period=0&cursor={next}")).ExpectProblem(422, "invalid_cursor", "cursor");
        var other = (await gateway.Admin.GetAsync("/v1/subscriptions/s/events?limit=1")).Expect(200).String("next_cursor");
        (await gateway.Admin.GetAsync($"{Usage}?cursor={other}")).ExpectProblem(422, "invalid_cursor", "cursor");
    }

    /// <summary>The second page shows the same version of the period as the first. What is made up is refused.</summary>
    [Fact]
    public async Task A_cursor_carries_where_the_period_is()
    {
        await RecordAsync("""{"id":"1","meter":"calls"},{"id":"2","meter":"calls"}""");
        var next = (await ReadAsync("?limit=1")).String("next_cursor")!;
        await RecordAsync("""{"id":"3","meter":"calls"}""");
        var page = await ReadAsync($"?cursor={next}");
        Assert.Equal(["2 counted"], EventsOf(page));
        Assert.Equal(["calls 2 0"], MetersOf(page));
        Assert.Equal(["1 counted", "2 counted", "3 counted"], EventsOf(await ReadAsync()));

        var written = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(next));
        var (ofList, position) = (written[..9], written[9..]);
        Assert.Matches(@"^1\.\d+\.1\.\d+\.\d+-\d+$", position);
        var shorter = Encode(string.Join('.', position.Split('.')[..3]));
        Assert.Equal(["2 counted", "3 counted"], EventsOf(await ReadAsync($"?cursor={shorter}")));
        foreach (var wrong in new[] { "1.2.1.5", "1.2.1.5.5", "1.2.1.5.1-x", "1.2.1.999.1-999", "7.2.1.2.1-2", "1.2.1.0.1-2" })
            (await gateway.Admin.GetAsync($"{Usage}?cursor={Encode(wrong)}")).ExpectProblem(422, "invalid_cursor", "cursor");

        string Encode(string after) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(ofList + after));
    }

    private async Task RecordAsync(string events) => await gateway.AskAsync("s", "usage", $$"""{"events":[{{events}}]}""");

    private async Task<Reply> ReadAsync(string query = "") => (await gateway.Admin.GetAsync(Usage + query)).Expect(200);

    private static IEnumerable<string> MetersOf(Reply used) => used.Json.GetProperty("meters").EnumerateArray()
        .Select(meter => $"{meter.GetProperty("meter")} {meter.GetProperty("units")} {Text(meter.GetProperty("price"))}")
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> EventsOf(Reply used) => used.Data.Select(e => $"{e.GetProperty("id")} {e.GetProperty("outcome")}");

    private static string Text(JsonElement price) => price.ValueKind == JsonValueKind.Null ? "-" : price.GetRawText();
}
