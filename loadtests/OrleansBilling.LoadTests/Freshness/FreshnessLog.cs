using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansBilling.LoadTests.Freshness;

/// <summary>
/// Records when cancellations are sent and acknowledged, and what the statistics show in the meantime. Timestamps are those
/// of <see cref="Stopwatch"/>.
/// </summary>
internal sealed class FreshnessLog
{
    private readonly ConcurrentQueue<long> sent = new();
    private readonly ConcurrentQueue<long> acknowledged = new();
    private readonly ConcurrentQueue<StatisticsReading> readings = new();

    public int Acknowledged => acknowledged.Count;

    public void Sending() => sent.Enqueue(Stopwatch.GetTimestamp());

    public void WasAcknowledged() => acknowledged.Enqueue(Stopwatch.GetTimestamp());

    /// <summary>Reads the number of cancellations and records the reading.</summary>
    public async Task ReadAsync(Func<CancellationToken, ValueTask<long>> read, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var value = await read(cancellationToken);
        readings.Enqueue(new StatisticsReading(startedAt, Stopwatch.GetTimestamp(), value));
    }

    /// <summary>Reads at an interval until stopped, then once more when the figures must include everything acknowledged.</summary>
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

    /// <summary>Judges the readings; <paramref name="opening"/> is what the statistics showed before anything was sent.</summary>
    public FreshnessVerdict Judge(long opening) =>
        FreshnessVerdict.Of([.. sent.Order()], [.. acknowledged.Order()], [.. readings], opening);
}

/// <summary>What the statistics showed between two timestamps.</summary>
internal readonly record struct StatisticsReading(long StartedAt, long EndedAt, long Value);
