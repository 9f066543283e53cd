using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Testing;

namespace OrleansBilling.Runtime.Tests;

public sealed class TurnHostTests
{
    [Fact]
    public async Task A_sign_up_is_charged_and_becomes_active()
    {
        await using var host = new Host();
        var subscription = await host.SubscribedAsync("s1");
        Assert.Equal(SubscriptionStatus.Active, subscription.Status);
        Assert.Equal(2_990, subscription.LifetimePaid);
    }

    [Fact]
    public async Task Another_process_moved_the_version_and_the_command_is_decided_anew()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var other = new TurnHost(
            new TurnHostOptions(), host.Journal, host.Journal, new Catalog.CatalogCache(host.CatalogStore, TimeProvider.System),
            new SimulatedPaymentProvider(seed: 1), host.Clock, TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await using var _ = other;
        var cancel = new CommandEnvelope(
            new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null), Caller.Administrator);
        Assert.IsType<CommandResult.Accepted>(await other.ExecuteAsync("s1", cancel, CancellationToken.None));

        // The first runtime still has the old state in memory. It must neither lose the other's update nor refuse
        // because of it.
        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s1", new SubscriptionCommand.Uncancel()));
        Assert.Null((await host.ReadAsync("s1")).CancellationScheduled);
    }

    [Fact]
    public async Task Commands_of_one_subscription_take_turns_and_only_so_many_wait()
    {
        await using var host = new Host(new TurnHostOptions { WaitingTurnsMax = 3 });
        await host.SubscribedAsync("s1");
        var held = new TaskCompletionSource();
        var committing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Journal.OnCommit = commit =>
        {
            committing.TrySetResult();
            held.Task.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        var change = new SubscriptionCommand.ChangePaymentMethod("tok_ok");
        var running = Task.Run(() => host.ExecuteAsync("s1", change));
        await committing.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var waiting = new List<Task<CommandResult>>();
        await Eventually.HoldsAsync(async () =>
        {
            var next = host.ExecuteAsync("s1", change);
            waiting.Add(next);
            await Task.Yield();
            return next.IsCompletedSuccessfully && next.Result is CommandResult.Unavailable { Code: "busy" };
        });

        host.Journal.OnCommit = null;
        held.SetResult();
        var results = await Task.WhenAll(waiting);

        Assert.Single(results.OfType<CommandResult.Unavailable>());
        Assert.Equal(results.Length - 1, results.OfType<CommandResult.Accepted>().Count());
        Assert.InRange(results.Length - 1, 3, 4);
    }

    [Fact]
    public async Task Only_so_many_commands_are_under_way()
    {
        await using var host = new Host(new TurnHostOptions { CommandsMax = 0 });
        Assert.Equal("busy", Assert.IsType<CommandResult.Unavailable>(await host.ExecuteAsync("s1", host.Subscribe("s1"))).Code);
    }

    [Fact]
    public async Task Idle_subscriptions_leave_memory_and_come_back_as_they_were()
    {
        await using var host = new Host(new TurnHostOptions { LiveSubscriptionsMax = 10 });
        for (var n = 0; n < 200; n++) await host.SubscribedAsync($"s{n}");

        Assert.InRange(host.Runtime.LiveCount, 1, 11);
        Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync("s0", new SubscriptionCommand.ChangePaymentMethod("tok_other")));
        Assert.Equal("tok_other", (await host.ReadAsync("s0")).PaymentToken);
    }

    [Fact]
    public async Task A_newcomer_is_never_the_one_that_leaves()
    {
        // Regression: with no room and every other subscription busy, the sweep retired the very
        // subscription that it made room for.
        await using var host = new Host(new TurnHostOptions { LiveSubscriptionsMax = 0 });
        var subscribed = await host.SubscribedAsync("s1").WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(SubscriptionStatus.Active, subscribed.Status);
    }

    [Fact]
    public async Task What_only_its_due_time_woke_leaves_when_it_is_done_and_what_a_caller_asks_for_stays()
    {
        await using var host = new Host();
        for (var n = 0; n < 20; n++) await host.SubscribedAsync($"s{n}");
        await using var other = new TurnHost(
            new TurnHostOptions(), host.Journal, host.Journal, new CatalogCache(host.CatalogStore, TimeProvider.System),
            new SimulatedPaymentProvider(seed: 1),
            host.Clock, TimeProvider.System, NullLoggerFactory.Instance);
        var asked = new CommandEnvelope(new SubscriptionCommand.ChangePaymentMethod("tok_ok"), Caller.Administrator);
        Assert.IsType<CommandResult.Accepted>(await other.ExecuteAsync("s7", asked, CancellationToken.None));

        host.Clock.MoveTo(Instant.FromUtc(2024, 4, 15, 0, 0));
        await other.RunDueAsync(CancellationToken.None);

        Assert.Equal(1, other.LiveCount);
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => host.ReadAsync($"s{n}"))), subscription =>
                Assert.Equal(3, subscription.PaidRecurrences));

        // A subscription that a caller asks for while the runtime is using it stays as well.
        Assert.IsType<CommandResult.Accepted>(await other.ExecuteAsync("s8", asked, CancellationToken.None));
        host.Clock.MoveTo(Instant.FromUtc(2024, 5, 15, 0, 0));
        await other.RunDueAsync(CancellationToken.None);
        Assert.Equal(2, other.LiveCount);
    }

    [Fact]
    public async Task Missed_time_is_caught_up_period_by_period()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        host.Clock.MoveTo(Instant.FromUtc(2024, 5, 15, 0, 0));
        await host.Runtime.RunDueAsync(CancellationToken.None);

        var subscription = await host.ReadAsync("s1");
        Assert.Equal(4, subscription.PaidRecurrences);
        Assert.Equal(Instant.FromUtc(2024, 5, 31, 9, 30), subscription.CurrentPeriod!.End);
    }

    [Fact]
    public async Task Virtual_time_stamps_everything_with_its_own_instant()
    {
        await using var host = new Host();
        await host.SubscribedAsync("s1");
        var settings = new MemorySettings();
        using var numbering = new DocumentNumbering(new WaitingDocuments(), TimeProvider.System, NullLogger<DocumentNumbering>.Instance);
        using var virtualTime = new VirtualTime(host.Runtime, numbering, host.Journal, settings, host.Clock, TimeProvider.System);
        await virtualTime.AdvanceAsync(Instant.FromUtc(2024, 5, 15, 0, 0), CancellationToken.None);

        var paid = (await host.Reader.ReadHistoryAsync("s1", CancellationToken.None))
            .Where(recorded => recorded.Event is SubscriptionEvent.ChargeSucceeded).Select(recorded => recorded.Event.At);
        Assert.Equal(
            [Instant.FromUtc(2024, 1, 31, 9, 30), Instant.FromUtc(2024, 2, 29, 9, 30), Instant.FromUtc(2024, 3, 31, 9, 30),
                Instant.FromUtc(2024, 4, 30, 9, 30)],
            paid);
        Assert.Equal(
            Instant.FromUtc(2024, 5, 15, 0, 0),
            (await VirtualTime.RestoreAsync(settings, Instant.MinValue, CancellationToken.None)).GetCurrentInstant());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => virtualTime.AdvanceAsync(Instant.FromUtc(2024, 5, 1, 0, 0), CancellationToken.None));
    }

    [Fact]
    public async Task Stopping_finishes_what_is_under_way_and_takes_nothing_more()
    {
        var provider = new HeldProvider();
        var host = new Host(provider: provider);
        await host.ExecuteAsync("s1", host.Subscribe("s1"));
        await provider.Asked.WaitAsync(TimeSpan.FromSeconds(30));
        var stopping = host.Runtime.StopAsync(CancellationToken.None);
        Assert.Equal("stopping", Assert.IsType<CommandResult.Unavailable>(await host.ExecuteAsync("s2", host.Subscribe("s2"))).Code);
        Assert.False(stopping.IsCompleted);

        provider.Answer(new PaymentOutcome.Succeeded());
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(SubscriptionStatus.Active, (await host.ReadAsync("s1")).Status);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_provider_that_is_slow_delays_nobody_but_its_own_payments()
    {
        var provider = new HeldProvider();
        await using var host = new Host(new TurnHostOptions { ProviderCallsMax = 1, ProviderQueueMax = 1 }, provider);
        for (var n = 0; n < 5; n++) Assert.IsType<CommandResult.Accepted>(await host.ExecuteAsync($"s{n}", host.Subscribe($"s{n}")));
        Assert.IsType<CommandResult.Accepted>(
            await host.ExecuteAsync("s4", new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, CancellationRefund.None, null)));
        await provider.Asked.WaitAsync(TimeSpan.FromSeconds(30));
        provider.Answer(new PaymentOutcome.Succeeded());

        // Calls that found no room were left to the watchdogs.
        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Duration.FromMinutes(2));
        await Eventually.HoldsAsync(async () =>
        {
            await host.Runtime.RunDueAsync(CancellationToken.None);
            host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Duration.FromMinutes(2));
            return host.Journal.Ids.All(id => host.ReadAsync(id).GetAwaiter().GetResult().Charge is null);
        });
        Assert.Equal(SubscriptionStatus.Active, (await host.ReadAsync("s3")).Status);
        Assert.Equal(SubscriptionStatus.Canceled, (await host.ReadAsync("s4")).Status);
    }

    [Fact]
    public async Task A_watchdog_that_strikes_while_the_provider_is_still_asked_does_not_ask_a_second_time()
    {
        var provider = new HeldProvider();
        var effects = new CountingScheduler();
        await using var host = new Host(
            new TurnHostOptions { DuePollInterval = TimeSpan.FromMilliseconds(1), Scheduler = effects }, provider);
        await host.ExecuteAsync("s1", host.Subscribe("s1"));
        await provider.Asked.WaitAsync(TimeSpan.FromSeconds(30));
        await host.Runtime.StartAsync(CancellationToken.None);
        host.Clock.MoveTo(host.Clock.GetCurrentInstant() + Duration.FromMinutes(2));
        await Eventually.EqualAsync(2, async () => (await host.ReadAsync("s1")).Charge!.Asks);

        // The second ask is durable; now its effect has come to the dispatcher too, and been turned away.
        await Eventually.HoldsAsync(() => effects.Executed >= 2);

        provider.Answer(new PaymentOutcome.Succeeded());
        await Eventually.HoldsAsync(async () => (await host.ReadAsync("s1")).Charge is null);

        await host.Runtime.StopAsync(CancellationToken.None);
        Assert.Equal(1, provider.Charges);
    }

    [Fact]
    public async Task The_pump_rests_when_nothing_that_is_due_can_go_on()
    {
        var time = new RestingTime();
        await using var host = new Host(new TurnHostOptions { DuePageMax = 1, DuePollInterval = RestingTime.Rest }, time: time);
        await host.SubscribedAsync("s1");
        host.Clock.MoveTo(Instant.FromUtc(2024, 3, 1, 0, 0));
        host.Journal.OnCommit = _ => CommitOutcome.Unavailable;

        await host.Runtime.StartAsync(CancellationToken.None);

        await time.Rested.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class HeldProvider : IPaymentProvider
    {
        private readonly TaskCompletionSource<PaymentOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private int charges;

        public Task Asked => asked.Task;

        public int Charges => Volatile.Read(ref charges);

        public void Answer(PaymentOutcome outcome) => answer.SetResult(outcome);

        public ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref charges);
            asked.TrySetResult();
            return new(answer.Task);
        }

        public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    /// <summary>Signals when somebody waits for <see cref="Rest"/>; such a wait never ends by itself.</summary>
    private sealed class RestingTime : TimeProvider
    {
        public static readonly TimeSpan Rest = TimeSpan.FromHours(7);
        private readonly TaskCompletionSource rested = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Rested => rested.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Rest) rested.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    /// <summary>Runs effects on the thread pool and counts those that have run to their first await.</summary>
    private sealed class CountingScheduler : TaskScheduler
    {
        private int executed;

        public int Executed => Volatile.Read(ref executed);

        protected override void QueueTask(Task task) => ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                TryExecuteTask(task);
                Interlocked.Increment(ref executed);
            },
            null);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
