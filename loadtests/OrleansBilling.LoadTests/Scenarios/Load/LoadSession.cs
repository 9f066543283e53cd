using System.Diagnostics;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>Sends the commands of a workload to a target and records what was acknowledged. The first fault ends it.</summary>
internal sealed class LoadSession(ILoadTarget target, IWorkload workload, AcknowledgedVersions acknowledged, Meter meter) : IDisposable
{
    private readonly CancellationTokenSource broken = new();
    private Exception? fault;
    private long next;

    /// <summary>Sends every command at its scheduled time; returns how many waited because too many were in flight.</summary>
    /// <param name="schedule">The arrival times.</param>
    /// <param name="inFlightMax">Maximum of unanswered commands.</param>
    /// <param name="startedAt">Timestamp from which the schedule counts.</param>
    /// <param name="cancellationToken">Stops the load.</param>
    /// <exception cref="LoadTestException">A command could not be sent, or its answer could not be read.</exception>
    public async Task<int> RunOpenAsync(
        ArrivalSchedule schedule, int inFlightMax, long startedAt, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, broken.Token);
        var loop = new OpenLoop(schedule, inFlightMax);
        await loop.RunAsync(
            (n, intendedAt) => workload.Next(n) is { } command ? SendAsync(command, intendedAt) : null, startedAt, stop.Token);
        ThrowIfBroken(cancellationToken);
        return loop.HeldBack;
    }

    /// <summary>Callers send one command after another until the time or the commands run out.</summary>
    /// <exception cref="LoadTestException">A command could not be sent, or its answer could not be read.</exception>
    public async Task RunClosedAsync(int callers, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, broken.Token);
        await using var running = new Callers(callers, meter, CallAsync);
        await Task.WhenAny(running.Ended, Task.Delay(duration, stop.Token));
        await running.StopAsync();
        ThrowIfBroken(cancellationToken);
    }

    /// <summary>Sends one command and completes when it is answered. Keeps a fault for the method that runs the load.</summary>
    /// <param name="command">The command.</param>
    /// <param name="intendedAt">Timestamp at which the command should be sent; latency counts from it.</param>
    public async Task SendAsync(LoadCommand command, long intendedAt)
    {
        meter.Sending();
        try
        {
            var answer = await target.SendAsync(command);
            if (answer.Kind == AnswerKind.Done) acknowledged.Note(command.Number, answer.Version);
            meter.Record(intendedAt, answer.Kind, answer.Code);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref fault, exception, null);
            meter.Record(intendedAt, AnswerKind.Failed, "lost");
            await broken.CancelAsync();
        }
    }

    public void Dispose() => broken.Dispose();

    private async Task CallAsync(int caller, Meter running)
    {
        while (running.Running && !broken.IsCancellationRequested && workload.Next(Interlocked.Increment(ref next) - 1) is { } command)
            await SendAsync(command, Stopwatch.GetTimestamp());
    }

    private void ThrowIfBroken(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (fault is not null) throw new LoadTestException($"A command was lost: {fault.Message}", fault);
    }
}
