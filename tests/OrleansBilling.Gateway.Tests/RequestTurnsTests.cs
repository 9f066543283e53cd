using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime;
using OrleansBilling.Server;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A caller with many requests in flight delays only itself.</summary>
public sealed class RequestTurnsTests
{
    private const string EndTrial = "/v1/subscriptions/s/end-trial";

    [Fact]
    public async Task The_requests_of_a_seller_take_turns_and_those_of_others_do_not_wait_for_them()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var turns = new RequestTurns(1, waiting: 1, outside: 1);
        var held = new HeldRuntime();
        await using var altered = await AlteredGateway.StartAsync(
            gateway, ports => ports.AddSingleton<IBillingRuntime>(held).AddSingleton(turns));
        var key = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"noisy"}""")).Expect(201).String("key");
        var calmKey = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"calm"}""")).Expect(201).String("key");
        var noisy = altered.As(key);

        var first = noisy.PostAsync(EndTrial, "");
        await held.Entered.WaitAsync();
        Task<Reply>[] others = [noisy.PostAsync(EndTrial, ""), noisy.PostAsync(EndTrial, "")];
        var refused = await Task.WhenAny(others);
        (await refused).ExpectProblem(429, "too_many_requests");

        // Neither another seller nor an administrator waits while the first request is in progress.
        Assert.False(first.IsCompleted);
        (await altered.As(calmKey).GetAsync("/v1/subscriptions")).Expect(200);
        (await altered.Admin.GetAsync("/v1/subscriptions")).Expect(200);

        held.Go.SetResult();
        (await first).ExpectProblem(409, "not_trialing");
        (await others.Single(other => other != refused)).ExpectProblem(409, "not_trialing");
        Assert.Equal(1, held.AtOnceMax);
    }

    [Fact]
    public async Task Whoever_comes_back_from_a_wait_finds_room_in_a_full_queue()
    {
        var seller = new Caller(Role.Seller, "noisy");
        await using var turns = new RequestTurns(1, waiting: 1, outside: 1);
        var first = await turns.TakeAsync(seller, CancellationToken.None);
        using var wait = first!.TryWait()!;
        Assert.Null(first.TryWait());
        var end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waited = wait.WaitAsync(() => end.Task, CancellationToken.None).AsTask();

        var second = (await turns.TakeAsync(seller, CancellationToken.None))!;
        var third = turns.TakeAsync(seller, CancellationToken.None).AsTask();
        Assert.Null(await turns.TakeAsync(seller, CancellationToken.None));
        end.SetResult(true);
        Assert.False(third.IsCompleted);

        second.Dispose();
        (await third)!.Dispose();
        Assert.True(await waited);
        var last = turns.TakeAsync(seller, CancellationToken.None).AsTask();
        Assert.False(last.IsCompleted);
        first.Dispose();
        (await last)!.Dispose();
    }

    [Theory]
    [InlineData("RequestsAtOnce", "0")]
    [InlineData("RequestsWaiting", "100001")]
    [InlineData("WaitsPerCaller", "0")]
    [InlineData("WaitsPerCaller", "251")]
    public async Task What_makes_no_sense_is_told(string setting, string value)
    {
        var fault = await Assert.ThrowsAsync<StartupException>(() => TestGateway.StartAsync($"--Billing:{setting}={value}"));
        Assert.Contains($"Billing__{setting}", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Blocks every request until it is released, and counts the requests in progress.</summary>
    private sealed class HeldRuntime : IBillingRuntime
    {
        private int now;

        public SemaphoreSlim Entered { get; } = new(0);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int AtOnceMax { get; private set; }

        public bool IsReady => true;

        public async ValueTask<CommandResult> ExecuteAsync(
            string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
        {
            AtOnceMax = Math.Max(AtOnceMax, Interlocked.Increment(ref now));
            Entered.Release();
            await Go.Task;
            Interlocked.Decrement(ref now);
            return new CommandResult.Refused(Refusal.NotTrialing);
        }
    }
}
