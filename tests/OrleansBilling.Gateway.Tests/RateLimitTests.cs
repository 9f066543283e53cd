using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Limits;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The rate limit of each key.</summary>
public sealed class RateLimitTests
{
    private readonly HandTime time = new();

    [Fact]
    public void A_burst_is_whole_again_after_its_window()
    {
        var limit = new RateLimit<string>(perSecond: 2, burst: 3, callersMax: 10, time);
        Assert.Equal(TimeSpan.FromSeconds(1.5), limit.Window);
        Assert.Equal([2, 1, 0], new[] { limit.Take("a"), limit.Take("a"), limit.Take("a") }.Select(verdict => verdict.Remaining));
        var refused = limit.Take("a");
        Assert.False(refused.IsAllowed);
        Assert.Equal(TimeSpan.FromSeconds(0.5), refused.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(1.5), refused.UntilWhole);
        Assert.True(limit.Take("b").IsAllowed);

        time.Pass(refused.RetryAfter);
        Assert.True(limit.Take("a").IsAllowed);
        Assert.False(limit.Take("a").IsAllowed);
        time.Pass(limit.Window);
        Assert.Equal(2, limit.Take("a").Remaining);
    }

    [Fact]
    public void What_is_reserved_waits_for_its_turn()
    {
        var limit = new RateLimit<string>(perSecond: 10, burst: 2, callersMax: 10, time);
        Assert.Equal([0, 0, 100, 200], Enumerable.Range(0, 4).Select(_ => limit.Reserve("a").TotalMilliseconds));
        Assert.False(limit.Take("a").IsAllowed);
    }

    [Fact]
    public void Callers_are_tracked_up_to_a_bound()
    {
        var limit = new RateLimit<int>(perSecond: 1, burst: 1, callersMax: 3, time);
        Assert.True(limit.Take(0).IsAllowed);
        time.Pass(limit.Window);
        foreach (var caller in new[] { 1, 2, 3 }) Assert.True(limit.Take(caller).IsAllowed);

        // The first caller was dropped, because its burst was whole. The others are still known.
        Assert.All([1, 2, 3], caller => Assert.False(limit.Take(caller).IsAllowed));

        // With nobody to drop, all are.
        Assert.True(limit.Take(4).IsAllowed);
        Assert.True(limit.Take(1).IsAllowed);
    }

    [Fact]
    public async Task Of_parallel_requests_as_many_are_allowed_as_the_burst_has()
    {
        var limit = new RateLimit<string>(perSecond: 1, burst: 50, callersMax: 10, time);
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => limit.Take("a"))));
        Assert.Equal(50, verdicts.Count(verdict => verdict.IsAllowed));
    }

    [Fact]
    public async Task A_key_above_its_rate_hears_when_to_come_back_and_others_go_on()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:RateLimit=1", "--Billing:RateLimitBurst=3");
        var seller = await gateway.AsSellerAsync("acme");

        var first = (await seller.GetAsync("/v1/clock")).Expect(200);
        Assert.Equal("\"key\";q=3;w=3", Assert.Single(first.Headers.GetValues("RateLimit-Policy")));
        Assert.Matches("^\"key\";r=2;t=[1-3]$", Assert.Single(first.Headers.GetValues("RateLimit")));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => seller.GetAsync("/v1/clock")));
        var refused = replies.First(reply => reply.Status == 429).ExpectProblem(429, "rate_limited");
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Matches("^\"key\";r=0;t=[1-3]$", Assert.Single(refused.Headers.GetValues("RateLimit")));
        (await gateway.Admin.GetAsync("/v1/clock")).Expect(200);
        Assert.False((await gateway.As(null).GetAsync("/health/live")).Expect(200).Headers.Contains("RateLimit"));
    }

    [Fact]
    public async Task A_line_counts_as_one_and_a_stream_goes_on_at_the_rate()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:RateLimit=20", "--Billing:RateLimitBurst=5");
        var lines = Enumerable.Repeat("""{"type":"retry","subscription_id":"nobody"}""", 15).ToArray();
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var streamed = (await gateway.Admin.StreamAsync(lines)).Expect(200);

        // 5 at once, then 10 at 20 per second.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.45));
        Assert.Equal(15, streamed.Text.Split("subscription_not_found").Length - 1);
        Assert.Equal("\"key\";q=5;w=1", Assert.Single(streamed.Headers.GetValues("RateLimit-Policy")));
    }

    [Fact]
    public async Task Without_the_setting_there_is_no_limit()
    {
        await using var gateway = await TestGateway.StartAsync();
        var reply = (await gateway.Admin.GetAsync("/v1/clock")).Expect(200);
        Assert.False(reply.Headers.Contains("RateLimit"));
        Assert.False(reply.Headers.Contains("RateLimit-Policy"));
    }

    private sealed class HandTime : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => Volatile.Read(ref now);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan span) => now += span.Ticks;
    }
}
