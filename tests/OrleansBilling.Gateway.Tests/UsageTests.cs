using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Metered usage, billed in arrears with the next recurrence.</summary>
public sealed class UsageTests : IAsyncLifetime
{
    private const string Usage = "/v1/subscriptions/s/usage";

    private const string Meters =
        """
        ,"meters":[
          {"id":"calls","name":"Calls","aggregation":"sum","pricing":"per_unit","price":{"amount":1,"per":10},"included_units":100},
          {"id":"seats","name":"Seats","aggregation":"max","pricing":"graduated","tiers":[{"up_to":2,"price":{"amount":100}},
           {"price":{"amount":50},"flat":7}]},
          {"id":"disk","name":"Disk","aggregation":"last","pricing":"volume","tiers":[{"up_to":10,"price":{"amount":9}},
           {"price":{"amount":8}}]},
          {"id":"users","name":"Users","aggregation":"unique","pricing":"package","price":{"amount":500},"package_units":2}]
        """;

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 0, offerFields: Meters);
        await gateway.SubscribeAsync("s");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_meter_is_billed_with_the_next_recurrence()
    {
        var counted = (await gateway.Admin.PostAsync(
            Usage,
            """
            {"events":[
              {"id":"1","meter":"calls","quantity":150},{"id":"2","meter":"calls"},
              {"id":"3","meter":"seats","quantity":2},{"id":"4","meter":"seats","quantity":5},{"id":"5","meter":"seats","quantity":3},
              {"id":"6","meter":"disk","quantity":20},{"id":"7","meter":"disk","quantity":12},
              {"id":"8","meter":"users","key":"ann@example.com"},{"id":"9","meter":"users","key":"bob"},{"id":"10","meter":"users",
              "key":"bob"},{"id":"11","meter":"users","key":"eve"}]}
            """)).Expect(200);
        Assert.Equal(
            """[{"meter":"calls","units":151},{"meter":"disk","units":12},{"meter":"seats","units":5},{"meter":"users","units":3}]""",
            counted.Json.GetProperty("usage").GetRawText());

        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        var bill = (await gateway.InvoicesAsync("s"))[1];
        Assert.Equal(["recurrence 0", "usage 5", "usage 96", "usage 357", "usage 1000"], Catalog.LinesOf(bill));
        Assert.Equal("2024-01-31T00:00:00Z", bill.GetProperty("lines")[1].GetProperty("period").GetProperty("start").GetString());
        Assert.Equal("paid", Catalog.Status(bill));
        Assert.Equal("[]", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task An_event_is_counted_once_however_often_it_comes()
    {
        var body = """{"events":[{"id":"1","meter":"calls","quantity":5},{"id":"1","meter":"calls","quantity":5}]}""";
        var first = (await gateway.Admin.PostAsync(Usage, body)).Expect(200);
        var again = (await gateway.Admin.PostAsync(Usage, body)).Expect(200);
        Assert.Equal("""[{"meter":"calls","units":5}]""", first.Json.GetProperty("usage").GetRawText());
        Assert.Equal(first.Text, again.Text);
    }

    [Fact]
    public async Task Events_of_the_past_are_taken_back_to_the_beginning()
    {
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        (await gateway.Admin.PostAsync(
            Usage,
            """{"events":[{"id":"1","meter":"disk","quantity":9,"at":"2024-02-09T00:00:00Z"},{"id":"2","meter":"disk","quantity":3""" +
            ""","at":"2024-02-01T00:00:00Z"}]}"""))
            .Expect(200);
        Assert.Equal("""[{"meter":"disk","units":9}]""", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());
        (await gateway.Admin.PostAsync(Usage, """{"events":[{"id":"3","meter":"disk","at":"2024-01-30T23:59:59Z"}]}"""))
            .ExpectProblem(422, "usage_time_out_of_range", "at");
    }

    [Theory]
    [InlineData("{}", 400, "required", "events")]
    [InlineData("""{"events":[]}""", 422, "out_of_range", "events")]
    [InlineData("""{"events":[null]}""", 400, "wrong_type", "events[0]")]
    [InlineData("""{"events":[{"id":"1","meter":"calls"},{"id":"a b","meter":"calls"}]}""", 422, "invalid_id", "events[1].id")]
    [InlineData("""{"events":[{"meter":"calls"}]}""", 400, "required", "events[0].id")]
    [InlineData("""{"events":[{"id":"1","meter":"calls","quantity":-1}]}""", 422, "out_of_range", "events[0].quantity")]
    [InlineData("""{"events":[{"id":"1","meter":"calls","quantity":1000000000001}]}""", 422, "out_of_range", "events[0].quantity")]
    [InlineData("""{"events":[{"id":"1","meter":"calls","quantity":0.5}]}""", 400, "wrong_type", "events[0].quantity")]
    [InlineData("""{"events":[{"id":"1","meter":"users","key":""}]}""", 422, "empty", "events[0].key")]
    [InlineData("""{"events":[{"id":"1","meter":"users"}]}""", 422, "usage_key_mismatch", "key")]
    [InlineData("""{"events":[{"id":"1","meter":"calls","key":"k"}]}""", 422, "usage_key_mismatch", "key")]
    [InlineData("""{"events":[{"id":"1","meter":"nothing"}]}""", 422, "unknown_meter", "meter")]
    [InlineData("""{"events":[{"id":"1","meter":"calls","at":"2024-02-01T00:00:00Z"}]}""", 422, "usage_time_out_of_range", "at")]
    public async Task What_cannot_be_counted_is_refused_as_a_whole(string body, int status, string code, string field)
    {
        (await gateway.Admin.PostAsync(Usage, body)).ExpectProblem(status, code, field);
        Assert.Equal("[]", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task A_key_has_200_characters_at_most()
    {
        (await PostAsync(new string('k', 200))).Expect(200);
        (await PostAsync(new string('k', 201))).ExpectProblem(422, "too_long", "events[0].key");

        Task<Reply> PostAsync(string key) =>
            gateway.Admin.PostAsync(Usage, $$"""{"events":[{"id":"{{key.Length}}","meter":"users","key":"{{key}}"}]}""");
    }

    [Fact]
    public async Task A_call_takes_a_thousand_events_and_no_more()
    {
        var thousand = (await gateway.Admin.PostAsync(Usage, Events(1_000))).Expect(200);
        Assert.Equal("""[{"meter":"calls","units":1000}]""", thousand.Json.GetProperty("usage").GetRawText());
        (await gateway.Admin.PostAsync(Usage, Events(1_001))).ExpectProblem(422, "out_of_range", "events");

        static string Events(int count) =>
            $$"""{"events":[{{string.Join(',', Enumerable.Range(0, count).Select(n => $$"""{"id":"e{{n}}","meter":"calls"}"""))}}]}""";
    }

    [Fact]
    public async Task What_was_used_longer_ago_than_ids_are_kept_is_refused()
    {
        await gateway.AdvanceAsync("2024-05-10T12:00:00Z");
        (await PostAsync("1", "2024-02-10T12:00:00Z")).Expect(200);
        (await PostAsync("1", "2024-02-10T12:00:00Z")).Expect(200);
        (await PostAsync("2", "2024-02-10T11:59:59Z")).ExpectProblem(422, "usage_too_old", "at");
        await gateway.AdvanceAsync("2024-05-10T12:00:01Z");
        (await PostAsync("1", "2024-02-10T12:00:00Z")).ExpectProblem(422, "usage_too_old", "at");
        Assert.Equal("""[{"meter":"calls","units":1}]""", (await gateway.ReadAsync("s")).Json.GetProperty("usage").GetRawText());

        Task<Reply> PostAsync(string id, string at) =>
            gateway.Admin.PostAsync(Usage, $$"""{"events":[{"id":"{{id}}","meter":"calls","at":"{{at}}"}]}""");
    }
}
