using NodaTime;
using Orleans.Runtime.Messaging;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Wire;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>The answers to callers when a silo is lost, and when a command is sent again.</summary>
public sealed class SubscriptionCallsTests
{
    private static readonly SubscriptionCommand Command = new SubscriptionCommand.Uncancel();
    private static readonly CommandEnvelope Keyed = new(Command, Caller.Administrator, new IdempotencyKey(1, 2));
    private static readonly CommandEnvelope Keyless = new(Command, Caller.Administrator);
    private static readonly CommandEnvelope OfTheRuntime = new(Command, Caller.System);

    [Fact]
    public async Task What_never_reached_a_grain_is_sent_again_with_or_without_a_key()
    {
        foreach (var envelope in new[] { Keyed, Keyless, OfTheRuntime })
        {
            var grain = new ScriptedGrain(new ConnectionFailedException("no"), new ConnectionFailedException("no"), null);
            Assert.IsType<CommandResult.Refused>(await AskAsync(grain, envelope));
            Assert.Equal(3, grain.Calls);
        }
    }

    [Theory]
    [MemberData(nameof(LostInFlight))]
    public async Task A_command_whose_outcome_nobody_knows_is_sent_again_only_when_that_does_no_harm(string fault)
    {
        foreach (var envelope in new[] { Keyed, OfTheRuntime })
        {
            var grain = new ScriptedGrain(Lost(fault), null);
            Assert.IsType<CommandResult.Refused>(await AskAsync(grain, envelope));
            Assert.Equal(2, grain.Calls);
        }

        var once = new ScriptedGrain(Lost(fault), null);
        Assert.Equal("unknown", Assert.IsType<CommandResult.Unavailable>(await AskAsync(once, Keyless)).Code);
        Assert.Equal(1, once.Calls);
    }

    public static TheoryData<string> LostInFlight => ["silo", "timeout", "connection"];

    [Fact]
    public async Task Patience_ends()
    {
        Assert.Equal("unavailable", await CodeAsync(new ConnectionFailedException("no"), Keyed));
        Assert.Equal("unknown", await CodeAsync(new SiloUnavailableException("gone"), Keyed));
        Assert.Equal("busy", await CodeAsync(new LimitExceededException("full"), Keyed));
        Assert.Equal("busy", await CodeAsync(new GatewayTooBusyException("full"), Keyless));

        // Once the outcome is unknown it stays unknown, whatever later tries return.
        Assert.Equal(
            "unknown",
            Assert.IsType<CommandResult.Unavailable>(
                await AskAsync(new ScriptedGrain(new TimeoutException(), new LimitExceededException("full")), Keyed)).Code);
    }

    [Fact]
    public async Task A_command_that_is_safe_to_repeat_does_not_wait_for_a_silo_that_hangs()
    {
        foreach (var envelope in new[] { Keyed, OfTheRuntime })
        {
            var grain = new ScriptedGrain(ScriptedGrain.Hangs, null);
            Assert.IsType<CommandResult.Refused>(await AskAsync(grain, envelope));
            Assert.Equal(2, grain.Calls);
        }

        // A keyless command can only wait: whether it was done is not known before the silo answers or is gone. And in the same
        // process an answer cannot get lost.
        foreach (var (envelope, isHere) in new[] { (Keyless, false), (Keyed, true) })
        {
            var time = new SkippingTime();
            var grain = new ScriptedGrain(ScriptedGrain.Hangs, null);
            _ = AskAsync(grain, envelope, isHere, time);
            Assert.Equal((1, 0), (grain.Calls, time.Timers));
        }
    }

    [Fact]
    public async Task When_a_silo_is_lost_calls_in_flight_are_sent_again_at_once()
    {
        using var lost = new LostSilos();
        var grain = new ScriptedGrain(ScriptedGrain.Hangs, ScriptedGrain.Hangs, null);
        var asking = AskAsync(grain, Keyed, time: new FrozenTime(), nextLoss: () => lost.Next);
        await Eventually.EqualAsync(1, () => Task.FromResult(grain.Calls));
        await lost.TellAsync();
        await Eventually.EqualAsync(2, () => Task.FromResult(grain.Calls));
        await lost.TellAsync();
        Assert.IsType<CommandResult.Refused>(await asking);
        Assert.Equal(3, grain.Calls);
    }

    [Fact]
    public async Task A_bug_of_the_grain_comes_through() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(new ScriptedGrain(new InvalidOperationException("bug")), Keyed));

    private static async Task<string> CodeAsync(Exception always, CommandEnvelope envelope) =>
        Assert.IsType<CommandResult.Unavailable>(await AskAsync(new ScriptedGrain(always), envelope)).Code;

    private static Task<CommandResult> AskAsync(
        ScriptedGrain grain, CommandEnvelope envelope, bool isHere = false, TimeProvider? time = null,
        Func<CancellationToken>? nextLoss = null)
    {
        var calls = new SubscriptionCalls(
            _ => grain, new CatalogCache(new NoCatalog(), TimeProvider.System), new WireClock(SystemClock.Instance, null),
            time ?? new SkippingTime(), _ => isHere, nextLoss ?? (() => CancellationToken.None));
        return calls.ExecuteAsync("s", envelope, CancellationToken.None).AsTask();
    }

    private static Exception Lost(string fault) => fault switch
    {
        "silo" => new SiloUnavailableException("gone"),
        "timeout" => new TimeoutException(),
        _ => new IOException("reset"),
    };

    /// <summary>Throws these exceptions in order and repeats the last one; null means a normal answer.</summary>
    private sealed class ScriptedGrain(params Exception?[] faults) : ISubscriptionGrain
    {
        /// <summary>Instead of a fault: no answer at all.</summary>
        public static readonly Exception Hangs = new NotSupportedException("It never answers.");

        private readonly TaskCompletionSource<CommandAnswer> never = new();

        public int Calls { get; private set; }

        public ValueTask<CommandAnswer> ExecuteAsync(CommandMessage message)
        {
            var fault = faults[Math.Min(Calls++, faults.Length - 1)];
            if (fault == Hangs) return new(never.Task);
            return fault is null
                ? ValueTask.FromResult(new CommandAnswer(new CommandResult.Refused(Refusal.NoCancellationScheduled)))
                : ValueTask.FromException<CommandAnswer>(fault);
        }

        public async ValueTask<EffectMessage> ReportAsync(CommandMessage message) =>
            EffectMessage.Of(
                await (await ExecuteAsync(message))
                    .OpenAsync(new CatalogCache(new NoCatalog(), TimeProvider.System), CancellationToken.None));

        public ValueTask<DueAnswer> WakeAsync(DueMessage due) => ValueTask.FromResult(DueAnswer.Stuck);
    }

    /// <summary>Its long waits never end; its short pauses end at once.</summary>
    private sealed class FrozenTime : TimeProvider
    {
        private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > PauseMax ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class NoCatalog : ICatalogStore
    {
        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => new(false);

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) => default;

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) => default;

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) => default;
    }
}
