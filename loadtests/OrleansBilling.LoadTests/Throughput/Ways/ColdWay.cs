using System.Diagnostics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The result of loading stored subscriptions into memory.</summary>
/// <param name="Subscriptions">Number of subscriptions.</param>
/// <param name="Seconds">Time until the last one was loaded.</param>
/// <param name="PerSecond">Subscriptions per second.</param>
/// <param name="BytesEach">Heap growth per subscription, after a full collection.</param>
/// <param name="ProcessorMicroseconds">Processor time per subscription, by process.</param>
internal sealed record ColdLoads(
    int Subscriptions, double Seconds, double PerSecond, double BytesEach, IReadOnlyDictionary<string, double> ProcessorMicroseconds);

/// <summary>
/// Sends every stored subscription a command that it refuses, on a runtime that has none in memory. Each subscription is
/// read, decoded and kept in memory; nothing is written.
/// </summary>
internal sealed class ColdWay(IBillingRuntime runtime, Subscriptions subscriptions, int callers)
{
    private static readonly CommandEnvelope Nothing = new(new SubscriptionCommand.Uncancel(), Caller.Administrator);

    public async Task<ColdLoads> RunAsync(ProcessorUse processors, CancellationToken cancellationToken)
    {
        var heapBefore = GC.GetTotalMemory(forceFullCollection: true);
        var before = processors.Read();
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable.Range(0, callers).Select(caller => Task.Run(() => AskAsync(caller, cancellationToken), cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        var after = processors.Read();
        var heap = GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
        return new ColdLoads(
            subscriptions.Count, elapsed.TotalSeconds, subscriptions.Count / elapsed.TotalSeconds, heap / (double)subscriptions.Count,
            ProcessorUse.Between(before, after, subscriptions.Count));
    }

    private async Task AskAsync(int caller, CancellationToken cancellationToken)
    {
        foreach (var number in subscriptions.Of(caller, callers))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await runtime.ExecuteAsync(Subscriptions.Id(number), Nothing, cancellationToken);
            if (result is not CommandResult.Refused { Refusal.Code: "no_cancellation_scheduled" })
                throw new LoadTestException($"Subscription {Subscriptions.Id(number)} could not be loaded: {result}");
        }
    }
}
