using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>GET /v1/events: the events of all subscriptions in one order.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
        await gateway.SellAsync("b", seller: "other");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_life_is_told_in_order_with_what_was_true_after_each_event()
    {
        await gateway.SubscribeAsync("s", "a_offer");
        await gateway.SettleAsync();
        await gateway.AdvanceAsync("2024-03-01T00:00:00Z");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"now","reason":"too_dear"}""")).Expect(200);

        var events = await ReadAsync(gateway.Admin, events => events.Count >= 8);

        Assert.Equal(
            [
                "subscription.created", "invoice.created", "invoice.paid", "subscription.activated", "subscription.renewed",
                "invoice.created", "invoice.paid", "subscription.canceled",
            ],
            events.Select(Type));
        Assert.Equal(events.Select(Sequence).Order(), events.Select(Sequence));
        Assert.Equal(8, events.Select(e => e.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(events, e =>
        {
            Assert.StartsWith("evt_", e.GetProperty("id").GetString(), StringComparison.Ordinal);
            Assert.Equal("s", e.GetProperty("subscription_id").GetString());
            Assert.Equal("acme", e.GetProperty("seller_id").GetString());
            Assert.Equal("2026-11-29", e.GetProperty("api_version").GetString());
            Assert.Equal(Sequence(e), Subscription(e).GetProperty("version").GetInt64());
        });
        Assert.Equal(
            ["pending", "pending", "active", "active", "active", "active", "active", "canceled"],
            events.Select(e => Subscription(e).GetProperty("status").GetString()));
        Assert.Equal(
            [null, "open", "paid", null, null, "open", "paid", null],
            events.Select(e => e.GetProperty("data").GetProperty("invoice") is { ValueKind: JsonValueKind.Object } invoice
                ? invoice.GetProperty("status").GetString() : null));
        Assert.Equal("2024-02-29T00:00:00Z", events[4].GetProperty("created_at").GetString());
        Assert.Equal("s:2", events[6].GetProperty("data").GetProperty("invoice").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_last_one_says_where_to_go_on()
    {
        for (var n = 1; n <= 3; n++) await gateway.SubscribeAsync($"s{n}", "a_offer");
        await gateway.SettleAsync();
        var whole = await ReadAsync(gateway.Admin, events => events.Count >= 12);

        var paged = new List<JsonElement>();
        var (cursor, more) = ("", true);
        while (more)
        {
            var page = (await gateway.Admin.GetAsync($"/v1/events?limit=5{cursor}")).Expect(200);
            paged.AddRange(page.Data);
            (cursor, more) = ($"&after={page.String("next_cursor")}", page.Json.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal(whole.Select(Id), paged.Select(Id));
        var end = (await gateway.Admin.GetAsync($"/v1/events?limit=5{cursor}")).Expect(200);
        Assert.Empty(end.Data);
        Assert.Equal(cursor, $"&after={end.String("next_cursor")}");
        await gateway.SubscribeAsync("s4", "a_offer");
        var next = await ReadAsync(gateway.Admin, events => events.Count > 0, cursor);
        Assert.All(next, e => Assert.Equal("s4", e.GetProperty("subscription_id").GetString()));
    }

    [Fact]
    public async Task A_seller_sees_its_own_and_types_can_be_chosen()
    {
        await gateway.SubscribeAsync("s", "a_offer");
        await gateway.SubscribeAsync("t", "b_offer");
        await gateway.SettleAsync();
        await ReadAsync(gateway.Admin, events => events.Count >= 8);
        var other = await gateway.AsSellerAsync("other");

        Assert.All(await ReadAsync(other), e => Assert.Equal("t", e.GetProperty("subscription_id").GetString()));
        Assert.Equal(4, (await ReadAsync(gateway.Admin, more: "&seller_id=acme")).Count);
        Assert.Equal(8, (await ReadAsync(gateway.Admin, more: "&seller_id=other,acme,nobody")).Count);
        Assert.Equal(
            ["invoice.paid", "invoice.paid"], (await ReadAsync(gateway.Admin, more: "&types=invoice.paid,invoice.voided")).Select(Type));
        Assert.Equal(["invoice.paid"], (await ReadAsync(other, more: "&types=invoice.paid")).Select(Type));
        (await other.GetAsync("/v1/events?seller_id=acme")).ExpectProblem(403, "forbidden", "seller_id");
        (await (await gateway.AsCustomerAsync("alice")).GetAsync("/v1/events")).ExpectProblem(403, "forbidden");
        (await gateway.As(null).GetAsync("/v1/events")).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Who_waits_is_answered_when_something_happens_and_not_before()
    {
        await gateway.SubscribeAsync("s", "a_offer");
        await gateway.SettleAsync();
        await ReadAsync(gateway.Admin, events => events.Count >= 4);
        var end = (await gateway.Admin.GetAsync("/v1/events")).Expect(200).String("next_cursor");
        var waiting = gateway.Admin.GetAsync($"/v1/events?after={end}&types=subscription.canceled&wait=20");

        (await gateway.Admin.PostAsync("/v1/subscriptions/s/payment-method", """{"token":"tok_ok"}""")).Expect(200);
        Assert.False(waiting.IsCompleted);
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"now"}""")).Expect(200);
        var page = (await waiting).Expect(200);

        Assert.Equal(["subscription.canceled"], page.Data.Select(Type));
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_where_to_go_on()
    {
        var started = Stopwatch.GetTimestamp();

        var page = (await gateway.Admin.GetAsync("/v1/events?wait=1")).Expect(200);

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(950));
        Assert.Empty(page.Data);
        Assert.False(page.Json.GetProperty("has_more").GetBoolean());
        Assert.Empty((await gateway.Admin.GetAsync($"/v1/events?after={page.String("next_cursor")}")).Expect(200).Data);
    }

    [Theory]
    [InlineData("types=subscription.gone", 422, "invalid_value", "types")]
    [InlineData("types=", 422, "invalid_value", "types")]
    [InlineData("types=invoice.paid,,invoice.voided", 422, "invalid_value", "types")]
    [InlineData("types=invoice.paid,invoice.paid", 422, "invalid_value", "types")]
    [InlineData("wait=31", 422, "out_of_range", "wait")]
    [InlineData("wait=-1", 422, "out_of_range", "wait")]
    [InlineData("limit=201", 422, "out_of_range", "limit")]
    [InlineData("after=MTIz", 422, "invalid_cursor", "after")]
    [InlineData("after=!", 422, "invalid_cursor", "after")]
    [InlineData("cursor=MTIz", 400, "unknown_field", "cursor")]
    [InlineData("seller_id=no%20id", 422, "invalid_id", "seller_id")]
    public async Task What_nobody_can_read_is_refused(string query, int status, string code, string field) =>
        (await gateway.Admin.GetAsync($"/v1/events?{query}")).ExpectProblem(status, code, field);

    [Fact]
    public async Task No_more_types_are_read_than_there_are()
    {
        var many = string.Join(',', Enumerable.Repeat("invoice.paid", 300));

        (await gateway.Admin.GetAsync($"/v1/events?types={many}")).ExpectProblem(422, "invalid_value", "types");
    }

    /// <summary>Reads a page, again and again until it is as wanted: events appear within a second.</summary>
    private static async Task<List<JsonElement>> ReadAsync(
        ApiClient client, Func<IReadOnlyCollection<JsonElement>, bool>? wanted = null, string more = "")
    {
        var events = await Eventually.ReadAsync(
            async () => (await client.GetAsync($"/v1/events?limit=200{more}")).Expect(200).Data.ToList(),
            found => wanted is null || wanted(found));
        return events;
    }

    private static string? Id(JsonElement e) => e.GetProperty("id").GetString();

    private static string? Type(JsonElement e) => e.GetProperty("type").GetString();

    private static long Sequence(JsonElement e) => e.GetProperty("sequence").GetInt64();

    private static JsonElement Subscription(JsonElement e) => e.GetProperty("data").GetProperty("subscription");
}
