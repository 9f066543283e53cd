using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>Sends the commands of a workload to a target, and notes what was acknowledged. The first fault ends it.</summary>
internal sealed class LoadSession(ILoadTarget target, IWorkload workload, AcknowledgedVersions acknowledged, LoadMeter meter) : IDisposable
{
    private readonly CancellationTokenSource broken = new();
    private Exception? fault;

    /// <summary>Canceled by the first fault.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>The command with this number; null when there are no more.</summary>
    public LoadCommand? Next(long number) => workload.Next(number);

    /// <summary>Sends one command; when this completes, it was answered.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="intendedAt">Timestamp of when it should be sent; latency counts from there.</param>
    public async Task SendAsync(LoadCommand command, long intendedAt)
    {
        meter.Sending();
        try
        {
            var answer = await target.SendAsync(command);
            if (answer.Kind == AnswerKind.Done) acknowledged.Note(command.Number, answer.Version);
            meter.Answered(intendedAt, answer);
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref fault, exception, null);
            meter.Answered(intendedAt, new CommandAnswer(AnswerKind.Failed, 0, "lost"));
            await broken.CancelAsync();
        }
    }

    /// <exception cref="LoadTestException">A command could not be sent or its answer not be read.</exception>
    public void ThrowIfBroken()
    {
        if (fault is not null) throw new LoadTestException($"A command was lost: {fault.Message}", fault);
    }

    public void Dispose() => broken.Dispose();
}
