using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansBilling.LoadTests.Freshness;

/// <summary>
/// Notes when cancellations were sent and acknowledged, and what readings of the statistics said meanwhile. Timestamps are
/// those of <see cref="Stopwatch"/>.
/// </summary>
internal sealed class FreshnessLog
{
    private readonly ConcurrentQueue<long> sent = new();
    private readonly ConcurrentQueue<long> acknowledged = new();
    private readonly ConcurrentQueue<StatisticsReading> readings = new();

    /// <summary>Cancellations acknowledged so far.</summary>
    public int Acknowledged => acknowledged.Count;

    public void Sending() => sent.Enqueue(Stopwatch.GetTimestamp());

    public void WasAcknowledged() => acknowledged.Enqueue(Stopwatch.GetTimestamp());

    /// <summary>Reads the number of cancellations and notes it.</summary>
    public async Task ReadAsync(Func<CancellationToken, ValueTask<long>> read, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var value = await read(cancellationToken);
        readings.Enqueue(new StatisticsReading(startedAt, Stopwatch.GetTimestamp(), value));
    }

    /// <summary>Reads at an interval until it is told to stop, and once more when figures must show all that was before.</summary>
    public async Task ReadUntilAsync(TimeSpan interval, Func<CancellationToken, ValueTask<long>> read, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await ReadAsync(read, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.Delay(FreshnessVerdict.AgeMax, CancellationToken.None);
            await ReadAsync(read, CancellationToken.None);
        }
    }

    /// <summary>What it comes to; the statistics stood at <paramref name="opening"/> when nothing had been sent.</summary>
    public FreshnessVerdict Judge(long opening) =>
        FreshnessVerdict.Of([.. sent.Order()], [.. acknowledged.Order()], [.. readings], opening);
}

/// <summary>What the statistics said between two timestamps.</summary>
internal readonly record struct StatisticsReading(long StartedAt, long EndedAt, long Value);
