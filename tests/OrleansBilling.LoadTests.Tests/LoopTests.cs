using System.Diagnostics;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Load;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Loops send load as configured and measure it correctly.</summary>
public sealed class LoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly AcknowledgedVersions acknowledged = new();
    private readonly Meter meter = new();

    [Fact]
    public async Task An_open_loop_sends_on_while_nothing_is_answered_up_to_its_bound()
    {
        await using var target = new HeldTarget();
        using var session = new LoadSession(target, new TouchEach(100), acknowledged, meter);
        var startedAt = Stopwatch.GetTimestamp();
        meter.MeasureFrom(startedAt);
        var loop = new OpenLoop(ArrivalSchedule.Poisson(1_000, TimeSpan.FromMilliseconds(50), seed: 1), inFlightMax: 10);
        var running = loop.RunAsync(
            (n, intendedAt) => session.SendAsync(new LoadCommand(LoadKind.PaymentMethod, n), intendedAt),
            startedAt, CancellationToken.None);

        await target.ReachedAsync(10).WaitAsync(Patience);
        Assert.True(SpinWait.SpinUntil(() => loop.HeldBack > 0, Patience), "The eleventh command was not held back.");
        Assert.Equal(10, meter.InFlight);
        target.Release();
        await running.WaitAsync(Patience);

        Assert.Equal(0, meter.InFlight);
        Assert.Equal(target.Sent, (int)meter.Done);
        Assert.True(target.Sent > 10);
    }

    [Fact]
    public async Task Latency_counts_from_the_intended_time()
    {
        // All commands are intended within a hundredth of a second, one may be in flight, and each takes 20 ms. So the
        // last one waits for all the others.
        await using var target = new SlowTarget(TimeSpan.FromMilliseconds(20));
        using var session = new LoadSession(target, new TouchEach(100), acknowledged, meter);
        var schedule = ArrivalSchedule.Poisson(1_000, TimeSpan.FromMilliseconds(10), seed: 1);
        var startedAt = Stopwatch.GetTimestamp();
        meter.MeasureFrom(startedAt);
        await session.RunOpenAsync(schedule, inFlightMax: 1, startedAt, CancellationToken.None).WaitAsync(Patience);
        Assert.True(schedule.Count > 3);
        Assert.True(
            meter.Latencies.Whole().Max >= (schedule.Count * 19) - 10, $"{meter.Latencies.Whole().Max} ms for {schedule.Count} commands");
    }

    [Fact]
    public async Task What_was_intended_before_the_measuring_is_not_measured_but_acknowledged_all_the_same()
    {
        await using var target = new SlowTarget(TimeSpan.Zero);
        using var session = new LoadSession(target, new TouchEach(100), acknowledged, meter);
        var now = Stopwatch.GetTimestamp();
        meter.MeasureFrom(now);
        await session.SendAsync(new LoadCommand(LoadKind.PaymentMethod, 1), now - 1);
        await session.SendAsync(new LoadCommand(LoadKind.PaymentMethod, 2), now);
        Assert.Equal(1, meter.Done);
        Assert.Equal(2, acknowledged.Count());
    }

    [Fact]
    public async Task A_closed_loop_ends_with_its_commands()
    {
        await using var target = new SlowTarget(TimeSpan.Zero);
        using var session = new LoadSession(target, new TouchEach(100), acknowledged, meter);
        meter.MeasureFrom(0);
        await session.RunClosedAsync(7, Patience, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(100, meter.Done);
        Assert.Equal(100, acknowledged.Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_command_that_is_lost_ends_the_load_with_the_reason(bool open)
    {
        await using var target = new BrokenTarget();
        using var session = new LoadSession(target, new TouchEach(int.MaxValue), acknowledged, meter);
        var running = open
            ? session.RunOpenAsync(
                ArrivalSchedule.Poisson(1_000, Patience, seed: 1), 10, Stopwatch.GetTimestamp(), CancellationToken.None)
            : session.RunClosedAsync(3, Patience, CancellationToken.None);
        var lost = await Assert.ThrowsAsync<LoadTestException>(() => running.WaitAsync(Patience));
        Assert.Contains("the line is dead", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_and_failures_are_counted_by_their_code()
    {
        meter.MeasureFrom(0);
        meter.Record(1, AnswerKind.Refused, "subscription_ended");
        meter.Record(1, AnswerKind.Refused, "subscription_ended");
        meter.Record(1, AnswerKind.Failed, "busy");
        Assert.Equal((0, 2, 1), (meter.Done, meter.Refused, meter.Failed));
        Assert.Equal(2, meter.Codes["subscription_ended"]);
        Assert.Equal(1, meter.Codes["busy"]);
    }

    [Fact]
    public async Task Callers_are_counted_by_what_comes_back_while_it_is_measured()
    {
        var loop = new ClosedLoop(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var measured = await loop.RunAsync(
            "way", 3, new ProcessorUse(), async (_, running) =>
            {
                while (running.Running)
                {
                    var sentAt = Stopwatch.GetTimestamp();
                    await Task.Delay(10);
                    running.Record(sentAt, ok: true);
                }
            },
            CancellationToken.None);
        Assert.InRange(measured.Done, 3, 3 * 25);
        Assert.Equal(measured.Done, measured.Latency.Count);
        Assert.Equal(measured.Done / measured.Seconds, measured.PerSecond, 6);
        Assert.InRange(measured.Seconds, 0.19, 5);
    }

    [Fact]
    public async Task A_command_that_faults_ends_an_open_loop_with_the_reason()
    {
        var loop = new OpenLoop(ArrivalSchedule.Even(100, TimeSpan.FromMilliseconds(50)), inFlightMax: 5);
        var running = loop.RunAsync(
            (_, _) => Task.FromException(new IOException("the line is dead")), Stopwatch.GetTimestamp(), CancellationToken.None);
        var lost = await Assert.ThrowsAsync<LoadTestException>(() => running.WaitAsync(Patience));
        Assert.Contains("the line is dead", lost.Message, StringComparison.Ordinal);
    }

    /// <summary>Answers nothing until it is released, then answers everything.</summary>
    private sealed class HeldTarget : ILoadTarget
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int awaited = int.MaxValue;
        private int sent;

        public int Sent => Volatile.Read(ref sent);

        public Task ReachedAsync(int count)
        {
            Volatile.Write(ref awaited, count);
            if (Sent >= count) reached.TrySetResult();
            return reached.Task;
        }

        public void Release() => released.TrySetResult();

        public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
        {
            if (Interlocked.Increment(ref sent) >= Volatile.Read(ref awaited)) reached.TrySetResult();
            await released.Task;
            return new CommandAnswer(AnswerKind.Done, 1, null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class SlowTarget(TimeSpan takes) : ILoadTarget
    {
        public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
        {
            if (takes > TimeSpan.Zero) await Task.Delay(takes);
            return new CommandAnswer(AnswerKind.Done, 1, null);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class BrokenTarget : ILoadTarget
    {
        public ValueTask<CommandAnswer> SendAsync(LoadCommand command) => throw new IOException("the line is dead");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
