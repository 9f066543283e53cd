using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a repeat hears when its request is still being done, or when its secret was not kept.</summary>
public sealed class KeyedRequestsTests
{
    private static readonly RouteFacts Route = new("POST", "/v1/api-keys", Roles.Administrator, []);

    private readonly FixedMemory memory = new();
    private readonly ApiCall call = new(new DefaultHttpContext(), Caller.Administrator) { Key = "k" };
    private readonly KeyedRequests requests;

    public KeyedRequestsTests()
    {
        var time = new HastyTime();
        requests = new KeyedRequests(memory, SecretBox.Without(time), time, new Ids(SystemClock.Instance, RandomNumberGenerator.Fill));
    }

    [Fact]
    public async Task Who_waits_too_long_for_another_is_told_to_come_back()
    {
        memory.Claim = new RequestClaim.Busy();
        Assert.Equal(409, Assert.IsType<ProblemAnswer>(await requests.RunAsync(call, Route, NotCalled)).Status);
        Assert.True(memory.Claims > 2);
    }

    [Fact]
    public async Task Without_a_master_key_a_secret_is_not_kept_and_a_repeat_is_refused()
    {
        memory.Claim = new RequestClaim.Taken(Instant.FromUnixTimeSeconds(0));
        await requests.RunAsync(call, Route, () => new(new Secret()));
        Assert.Equal((201, AnswerSecrecy.NotKept, 0), (memory.Kept!.Status, memory.Kept.Secrecy, memory.Kept.Content.Length));

        memory.Claim = new RequestClaim.Answered(memory.Kept);
        Assert.Equal(409, Assert.IsType<ProblemAnswer>(await requests.RunAsync(call, Route, NotCalled)).Status);
    }

    [Fact]
    public async Task Without_a_master_key_of_a_person_only_the_place_is_kept_and_a_repeat_looks_there()
    {
        var customers = new RouteFacts("POST", "/v1/customers", Roles.Administrator, []);
        memory.Claim = new RequestClaim.Taken(Instant.FromUnixTimeSeconds(0));
        await requests.RunAsync(call, customers, () => new(new Secret(isSecret: false)));
        Assert.Equal((AnswerSecrecy.None, 0, "/v1/customers/c"), (memory.Kept!.Secrecy, memory.Kept.Content.Length, memory.Kept.Location));

        memory.Claim = new RequestClaim.Answered(memory.Kept);
        await requests.RunAsync(call, customers, () => new(Answers.NoContent));
        Assert.Equal("/v1/customers/c", call.MadeBefore);
    }

    [Fact]
    public async Task Who_lost_its_request_to_another_does_not_show_its_answer()
    {
        memory.Claim = new RequestClaim.Taken(Instant.FromUnixTimeSeconds(0));
        memory.IsTakenOver = true;
        Assert.Equal(503, Assert.IsType<ProblemAnswer>(await requests.RunAsync(call, Route, () => new(new Secret()))).Status);
    }

    [Theory]
    [InlineData(2_500, 3)]
    [InlineData(1_000_000, RequestSweep.StepsMax)]
    public async Task What_is_forgotten_is_removed_in_bounded_steps(int forgotten, int steps)
    {
        memory.Forgotten = forgotten;
        await using var sweep = new RequestSweep(memory, TimeProvider.System, NullLogger<RequestSweep>.Instance);
        await sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(steps, memory.Sweeps);
        Assert.Equal(Math.Max(0, forgotten - (RequestSweep.StepsMax * RequestSweep.RowsAtOnce)), memory.Forgotten);
    }

    private static ValueTask<IResult> NotCalled() => throw new InvalidOperationException("The request is done a second time.");

    private sealed class Secret(bool isSecret = true) : IResult, IRepeatable
    {
        public RepeatableAnswer Repeatable => new(201, [1], isSecret, isSecret ? null : "/v1/customers/c", null);

        public Task ExecuteAsync(HttpContext httpContext) => Task.CompletedTask;
    }

    private sealed class FixedMemory : IRequestMemory
    {
        public RequestClaim Claim { get; set; } = new RequestClaim.Reused();

        public bool IsTakenOver { get; set; }

        public int Claims { get; private set; }

        public KeptAnswer? Kept { get; private set; }

        public int Forgotten { get; set; }

        public int Sweeps { get; private set; }

        public ValueTask<RequestClaim> ClaimAsync(RememberedRequest request, RequestLease lease, CancellationToken cancellationToken)
        {
            Claims++;
            return new(Claim);
        }

        public ValueTask<bool> KeepAsync(string requestId, string holder, KeptAnswer answer, CancellationToken cancellationToken)
        {
            Kept = answer;
            return new(!IsTakenOver);
        }

        public ValueTask ForgetAsync(string requestId, string holder, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask LetGoAsync(string requestId, string holder, Instant now, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask<int> RemoveForgottenAsync(Instant now, int limit, CancellationToken cancellationToken)
        {
            Sweeps++;
            var removed = Math.Min(limit, Forgotten);
            Forgotten -= removed;
            return new(removed);
        }
    }

    /// <summary>Every look at the clock is a second later, and nobody waits.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long now;

        public override long GetTimestamp() => now += TimestampFrequency;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
