using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Messages stay until the client that delivers them removes them. Each seller sees only its own.</summary>
public sealed class MessageTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(
            "a", planFields: ",\"renewal_alert_days\":5", offerFields: ",\"addons\":[{\"id\":\"x\",\"name\":\"X\",\"amount\":10}]");
        await gateway.SellAsync("b", seller: "other", planFields: ",\"renewal_alert_days\":7");
        await gateway.SubscribeAsync("s", "a_offer", fields: ",\"addons\":[{\"id\":\"x\"}]");
        await gateway.SubscribeAsync("t", "b_offer");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_renewal_is_told_before_it_comes_and_the_message_waits_until_it_is_removed()
    {
        await gateway.AdvanceAsync("2024-02-23T23:59:59Z");
        Assert.Equal(["t"], (await ReadAsync(gateway.Admin)).Select(m => m.GetProperty("subscription_id").GetString()));
        await gateway.AdvanceAsync("2024-02-24T00:00:00Z");

        var alert = (await ReadAsync(gateway.Admin))[1];
        Assert.Equal("renewal_alert", alert.GetProperty("type").GetString());
        Assert.Equal("2024-02-24T00:00:00Z", alert.GetProperty("at").GetString());
        Assert.Equal("acme", alert.GetProperty("seller_id").GetString());
        Assert.Equal("2024-02-29T00:00:00Z", alert.GetProperty("data").GetProperty("renews_at").GetString());
        Assert.Equal(3000, alert.GetProperty("data").GetProperty("amount").GetInt64());
        Assert.Equal("alice@example.com", alert.GetProperty("data").GetProperty("customer").GetProperty("email").GetString());

        var position = alert.GetProperty("position").GetInt64();
        Assert.Equal("""{"removed":1}""", (await RemoveAsync(gateway.Admin, position)).Expect(200).Text);
        Assert.Equal("""{"removed":0}""", (await RemoveAsync(gateway.Admin, position)).Expect(200).Text);
        Assert.Equal(["t"], (await ReadAsync(gateway.Admin)).Select(m => m.GetProperty("subscription_id").GetString()));
    }

    [Fact]
    public async Task A_seller_sees_and_removes_its_own_messages_only()
    {
        await gateway.AdvanceAsync("2024-02-24T00:00:00Z");
        var acme = await gateway.AsSellerAsync("acme");
        var other = await gateway.AsSellerAsync("other");
        Assert.Equal("s", Assert.Single(await ReadAsync(acme)).GetProperty("subscription_id").GetString());
        var ofOther = Assert.Single(await ReadAsync(other)).GetProperty("position").GetInt64();

        Assert.Equal("""{"removed":0}""", (await RemoveAsync(acme, ofOther)).Expect(200).Text);
        Assert.Single(await ReadAsync(other));
        var first = (await gateway.Admin.GetAsync("/v1/messages?limit=1")).Expect(200);
        var last = (await gateway.Admin.GetAsync($"/v1/messages?limit=1&cursor={first.String("next_cursor")}")).Expect(200);
        Assert.Equal(["t", "s"], first.Data.Concat(last.Data).Select(m => m.GetProperty("subscription_id").GetString()));
        Assert.True(last.IsNull("next_cursor"));
    }

    [Theory]
    [InlineData("{}", 400, "required", "positions")]
    [InlineData("""{"positions":[]}""", 422, "out_of_range", "positions")]
    [InlineData("""{"positions":["1"]}""", 400, "wrong_type", "positions[0]")]
    public async Task What_cannot_be_removed_is_refused(string body, int status, string code, string field) =>
        (await gateway.Admin.PostAsync("/v1/messages/remove", body)).ExpectProblem(status, code, field);

    [Fact]
    public async Task At_most_a_thousand_messages_are_removed_at_a_time()
    {
        (await RemoveAsync(gateway.Admin, [.. Enumerable.Range(1, 1_000).Select(n => (long)n)])).Expect(200);
        (await RemoveAsync(gateway.Admin, [.. Enumerable.Range(1, 1_001).Select(n => (long)n)]))
            .ExpectProblem(422, "out_of_range", "positions");
        (await gateway.Admin.GetAsync("/v1/messages?limit=201")).ExpectProblem(422, "out_of_range", "limit");
    }

    private static async Task<List<JsonElement>> ReadAsync(ApiClient client) =>
        [.. (await client.GetAsync("/v1/messages")).Expect(200).Data];

    private static Task<Reply> RemoveAsync(ApiClient client, params long[] positions) =>
        client.PostAsync("/v1/messages/remove", $$"""{"positions":[{{string.Join(',', positions)}}]}""");
}
