using System.Text;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A request that only waits for something leaves the turn to the other requests of its caller.</summary>
public sealed class WaitTests : IAsyncLifetime
{
    private const string MasterKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private readonly WebhookReceiver receiver = new();
    private TestGateway gateway = null!;
    private ApiClient seller = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync(
            "--Billing:RequestsAtOnce=1", "--Billing:WaitsPerCaller=3", "--Billing:Webhooks:AllowPrivate=true",
            $"--Billing:MasterKey={MasterKey}");
        await gateway.SellAsync("a");
        seller = await gateway.AsSellerAsync("acme");
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_for_events_can_do_something_else_meanwhile()
    {
        var polls = Enumerable.Range(0, 3).Select(_ => seller.GetAsync("/v1/events?wait=20")).ToArray();

        for (var n = 0; n < 3; n++) (await seller.GetAsync("/v1/products")).Expect(200);
        Assert.All(polls, poll => Assert.False(poll.IsCompleted));

        (await seller.PostAsync("/v1/subscriptions", Catalog.Subscribe("s", "a_offer"))).Expect(201);
        foreach (var poll in polls) Assert.NotEmpty((await poll).Expect(200).Data);
    }

    [Fact]
    public async Task A_caller_has_so_many_waits_and_others_have_their_own()
    {
        var polls = Enumerable.Range(0, 3).Select(_ => PollAsync()).ToArray();
        await Eventually.HoldsAsync(async () => (await seller.GetAsync("/v1/events?wait=1")).Status == 429);
        (await seller.GetAsync("/v1/events?wait=1")).ExpectProblem(429, "too_many_requests", "wait");
        (await SubscribeAsync("late", "tok_ok", 5)).ExpectProblem(429, "too_many_requests");
        (await seller.GetAsync("/v1/subscriptions/late")).Expect(404);

        // Neither a request that does not wait nor one of another caller is refused.
        (await seller.GetAsync("/v1/events")).Expect(200);
        (await (await gateway.AsSellerAsync("other")).GetAsync("/v1/events?wait=1")).Expect(200);
        (await gateway.Admin.GetAsync("/v1/events?wait=1")).Expect(200);

        (await seller.PostAsync("/v1/subscriptions", Catalog.Subscribe("s", "a_offer"))).Expect(201);
        foreach (var poll in polls) (await poll).Expect(200);
        (await SubscribeAsync("late", "tok_ok", 5)).Expect(201);

        // The request that looks whether all wait may have taken the place of one of them.
        async Task<Reply> PollAsync()
        {
            while (true)
            {
                var reply = await seller.GetAsync("/v1/events?wait=20");
                if (reply.Status != 429) return reply;
            }
        }
    }

    [Fact]
    public async Task Who_waits_for_a_slow_provider_can_do_something_else_meanwhile()
    {
        var subscribing = SubscribeAsync("slow", "tok_timeout", 5);

        await Eventually.HoldsAsync(async () => (await seller.GetAsync("/v1/subscriptions/slow")).Status == 200);
        (await seller.GetAsync("/v1/products")).Expect(200);
        Assert.False(subscribing.IsCompleted);
        Assert.Equal("pending", (await subscribing).Expect(201).String("status"));
    }

    [Fact]
    public async Task A_test_of_an_endpoint_and_the_same_request_again_leave_the_turn_to_others()
    {
        (await seller.PostAsync("/v1/webhook-endpoints", $$"""{"id":"hook","url":"{{receiver.Url}}"}""")).Expect(201);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = _ => answer.Task;
        Task<Reply>[] tests =
        [
            seller.PostAsync("/v1/webhook-endpoints/hook/test", "", "once"),
            seller.PostAsync("/v1/webhook-endpoints/hook/test", "", "once"),
        ];

        await Eventually.HoldsAsync(() => receiver.Received.Count == 1);
        for (var n = 0; n < 3; n++) (await seller.GetAsync("/v1/products")).Expect(200);
        Assert.All(tests, test => Assert.False(test.IsCompleted));

        answer.SetResult(204);
        foreach (var test in tests) Assert.True((await test).Expect(200).Json.GetProperty("delivered").GetBoolean());
        Assert.Single(receiver.Received);
    }

    private Task<Reply> SubscribeAsync(string id, string token, int seconds)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/subscriptions")
        {
            Content = new StringContent(Catalog.Subscribe(id, "a_offer", token: token), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Prefer", $"wait={seconds}");
        return seller.SendAsync(request);
    }
}
