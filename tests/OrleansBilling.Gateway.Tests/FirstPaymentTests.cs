using System.Text;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>POST /v1/subscriptions with Prefer: wait answers when the outcome of the first payment is known.</summary>
public sealed class FirstPaymentTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("a");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Theory]
    [InlineData("wait=20", "wait=20")]
    [InlineData("respond-async, WAIT = 20; foo=1", "wait=20")]
    [InlineData("wait=100000", "wait=30")]
    public async Task A_good_card_is_active_at_once(string prefer, string applied)
    {
        var made = (await SubscribeAsync("s", "tok_ok", prefer, "key-1")).Expect(201);

        Assert.Equal("active", made.String("status"));
        Assert.Equal(2990, made.Json.GetProperty("lifetime_paid").GetInt64());
        Assert.Equal(applied, made.Headers.GetValues("Preference-Applied").Single());
        var again = (await SubscribeAsync("s", "tok_ok", prefer, "key-1")).Expect(201);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal("active", again.String("status"));
    }

    [Fact]
    public async Task A_declined_card_is_told()
    {
        var made = (await SubscribeAsync("s", "tok_decline_1", "wait=20")).Expect(201);

        Assert.Equal("pending", made.String("status"));
        Assert.Equal("do_not_honor", made.Json.GetProperty("retry").GetProperty("last_code").GetString());
    }

    [Fact]
    public async Task A_voucher_is_shown_and_not_waited_for()
    {
        var made = (await SubscribeAsync("s", "tok_voucher", "wait=20")).Expect(201);

        Assert.Equal("pending", made.String("status"));
        Assert.StartsWith("voucher-", made.Json.GetProperty("voucher").GetProperty("reference").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_that_does_not_come_is_not_waited_for_any_longer_than_asked()
    {
        var made = (await SubscribeAsync("s", "tok_timeout", "wait=1")).Expect(201);

        Assert.Equal("pending", made.String("status"));
        Assert.Equal("wait=1", made.Headers.GetValues("Preference-Applied").Single());
    }

    [Theory]
    [InlineData("wait")]
    [InlineData("wait=soon")]
    [InlineData("wait=-1")]
    [InlineData("wait=99999999999")]
    [InlineData("return=minimal")]
    public async Task What_is_not_understood_is_ignored(string prefer)
    {
        var made = (await SubscribeAsync("s", "tok_timeout", prefer)).Expect(201);

        Assert.False(made.Headers.Contains("Preference-Applied"));
        Assert.Equal("pending", made.String("status"));
    }

    private Task<Reply> SubscribeAsync(string id, string token, string prefer, string? key = null)
    {
        var body =
            $$$"""{"id":"{{{id}}}","offer_id":"a_offer","customer":{"id":"alice"},"payment_method":{"token":"{{{token}}}"}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/subscriptions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return gateway.Admin.SendAsync(request);
    }
}
