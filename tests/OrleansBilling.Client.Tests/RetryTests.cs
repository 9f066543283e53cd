using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace OrleansBilling.Client.Tests;

/// <summary>What is repeated, how often, and after which pause.</summary>
public sealed class RetryTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero))
    {
        AutoAdvanceAmount = TimeSpan.Zero,
    };

    [Fact]
    public async Task A_get_is_repeated_until_it_is_answered()
    {
        var handler = new FaultyHandler(
            FaultyHandler.Lost, () => FaultyHandler.Problem(503, "unavailable"), () => FaultyHandler.Problem(429, "rate_limited"),
            FaultyHandler.Good);
        Assert.Equal(3, (await RunAsync(handler, billing => billing.Subscriptions.GetAsync("s"))).Version);
        Assert.Equal(4, handler.Asked.Count);
    }

    [Fact]
    public async Task A_post_is_repeated_with_the_same_key_which_no_other_call_has()
    {
        var handler = new FaultyHandler(FaultyHandler.Lost, FaultyHandler.Good, FaultyHandler.Good);
        await RunAsync(handler, async billing =>
        {
            await billing.Subscriptions.RetryAsync("s");
            return await billing.Subscriptions.RetryAsync("s");
        });
        Assert.Equal(handler.Asked[0].Key, handler.Asked[1].Key);
        Assert.Equal(32, handler.Asked[0].Key!.Length);
        Assert.NotEqual(handler.Asked[0].Key, handler.Asked[2].Key);
    }

    [Fact]
    public async Task What_the_server_does_not_do_once_only_is_never_repeated()
    {
        Func<BillingClient, Task>[] calls =
        [
            billing => billing.ApiKeys.RemoveAsync("k"),
            billing => billing.Sellers.PutAsync("s", new() { Name = "Acme" }),
            billing => billing.Subscriptions.PreviewPlanChangeAsync("s", new() { At = EffectiveAt.Now, OfferId = "o" }),
        ];
        foreach (var call in calls)
        {
            var lost = new FaultyHandler(FaultyHandler.Lost);
            await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(lost, call));
            var busy = new FaultyHandler(() => FaultyHandler.Problem(503, "unavailable", 1));
            await Assert.ThrowsAsync<BillingException>(() => RunAsync(busy, call));
            Assert.Equal((1, null), (busy.Asked.Count, busy.Asked[0].Key));
        }
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(500)]
    public async Task What_would_be_refused_again_is_not_repeated(int status)
    {
        var handler = new FaultyHandler(() => FaultyHandler.Problem(status, "no"));
        var refused = await Assert.ThrowsAsync<BillingException>(
            () => RunAsync(handler, billing => billing.Subscriptions.GetAsync("s")));
        Assert.Equal((status, "no"), ((int)refused.Status, refused.Code));
        Assert.Single(handler.Asked);
    }

    [Fact]
    public async Task Tries_have_an_end()
    {
        var handler = new FaultyHandler([.. Enumerable.Repeat<Func<HttpResponseMessage>>(FaultyHandler.Lost, 9)]);
        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(handler, billing => billing.Subscriptions.GetAsync("s")));
        Assert.Equal(4, handler.Asked.Count);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        var handler = new FaultyHandler(() => FaultyHandler.Problem(429, "rate_limited", 7), FaultyHandler.Good);
        var begun = time.GetUtcNow();
        await RunAsync(handler, billing => billing.Subscriptions.GetAsync("s"));
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));

        var dated = FaultyHandler.Problem(503, "unavailable");
        dated.Headers.RetryAfter = new(time.GetUtcNow().AddSeconds(20));
        begun = time.GetUtcNow();
        await RunAsync(new FaultyHandler(() => dated, FaultyHandler.Good), billing => billing.Subscriptions.GetAsync("s"));
        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_left_to_the_caller()
    {
        var handler = new FaultyHandler(() => FaultyHandler.Problem(503, "unavailable", 3600));
        var refused = await Assert.ThrowsAsync<BillingException>(
            () => RunAsync(handler, billing => billing.Subscriptions.GetAsync("s")));
        Assert.Equal(TimeSpan.FromHours(1), refused.RetryAfter);
        Assert.Single(handler.Asked);
    }

    [Fact]
    public async Task Pauses_grow_and_are_not_those_of_another_client()
    {
        var pauses = await Task.WhenAll(new[] { 1, 1, 2 }.Select(seed => PausesAsync(seed)));
        Assert.Equal(pauses[0], pauses[1]);
        Assert.NotEqual(pauses[0], pauses[2]);
        for (var n = 0; n < 3; n++)
            Assert.InRange(pauses[0][n].TotalMilliseconds, 125 << n, (250 << n) + 20);
    }

    [Fact]
    public async Task A_try_that_hangs_is_given_up_and_repeated()
    {
        var handler = new HangingHandler();
        using var http = new HttpClient(handler);
        using var billing = new BillingClient(
            new BillingClientOptions { Address = new Uri("http://x"), Time = time, TriesMax = 2, FirstPause = TimeSpan.Zero }, http);
        var call = billing.Subscriptions.GetAsync("s");
        for (var n = 0; n < 2; n++)
        {
            Assert.True(await handler.Hangs.WaitAsync(TimeSpan.FromSeconds(20)));
            time.Advance(TimeSpan.FromSeconds(61));
        }

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_refused_at_once()
    {
        var large = new FaultyHandler(
            () => FaultyHandler.Json(HttpStatusCode.OK, "application/json", $$"""{"id":"{{new string('x', 2000)}}"}"""));
        using var http = new HttpClient(large);
        using var billing = new BillingClient(
            new BillingClientOptions { Address = new Uri("http://x"), Time = time, AnswerBytesMax = 1000 }, http);
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => billing.Subscriptions.GetAsync("s"));
        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, fault.HttpRequestError);
        Assert.Single(large.Asked);
    }

    [Fact]
    public async Task An_answer_from_something_in_between_has_no_code()
    {
        var handler = new FaultyHandler(() => FaultyHandler.Json(HttpStatusCode.BadGateway, "text/html", "<h1>Bad gateway</h1>"));
        var refused = await Assert.ThrowsAsync<BillingException>(
            () => RunAsync(handler, billing => billing.Subscriptions.GetAsync("s")));
        Assert.Equal((HttpStatusCode.BadGateway, null, null), (refused.Status, refused.Code, refused.RequestId));
        Assert.Empty(refused.Errors);
    }

    [Fact]
    public async Task A_value_that_is_newer_than_the_client_is_read_and_cannot_be_sent()
    {
        var handler = new FaultyHandler(
            () => FaultyHandler.Json(HttpStatusCode.OK, "application/json", """{"id":"s","status":"frozen","mood":1}"""));
        var read = await RunAsync(handler, billing => billing.Subscriptions.GetAsync("s"));
        Assert.Equal(SubscriptionStatus.Unrecognized, read.Status);
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(
            () => RunAsync(handler, billing => billing.Subscriptions.CancelAsync("s", new() { At = EffectiveAt.Unrecognized })));
    }

    private async Task<List<TimeSpan>> PausesAsync(int seed)
    {
        var clock = new FakeTimeProvider();
        var times = new List<DateTimeOffset>();
        Func<HttpResponseMessage> answer = () =>
        {
            times.Add(clock.GetUtcNow());
            return FaultyHandler.Lost();
        };
        await Assert.ThrowsAsync<HttpRequestException>(
            () => RunAsync(new FaultyHandler(answer, answer, answer, answer), billing => billing.Subscriptions.GetAsync("s"), clock, seed));
        return [.. times.Skip(1).Zip(times, (later, earlier) => later - earlier)];
    }

    private Task<bool> RunAsync(FaultyHandler handler, Func<BillingClient, Task> call) => RunAsync(handler, async billing =>
    {
        await call(billing);
        return true;
    });

    /// <summary>Moves the clock on until the call has ended.</summary>
    private async Task<T> RunAsync<T>(
        FaultyHandler handler, Func<BillingClient, Task<T>> call, FakeTimeProvider? clock = null, int seed = 1)
    {
        clock ??= time;
        using var http = new HttpClient(handler);
        using var billing = new BillingClient(
            new BillingClientOptions { Address = new Uri("http://x"), ApiKey = "k", Time = clock, Seed = seed }, http);
        var running = call(billing);
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        return await running;
    }

    private sealed class HangingHandler : HttpMessageHandler
    {
        public SemaphoreSlim Hangs { get; } = new(0);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var never = Task.Delay(Timeout.Infinite, cancellationToken);
            Hangs.Release();
            await never;
            throw new InvalidOperationException();
        }
    }
}
