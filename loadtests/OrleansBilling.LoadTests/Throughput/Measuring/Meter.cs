using System.Diagnostics;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Measuring;

/// <summary>What callers report to: it warms up, measures for a while, and then tells them to stop.</summary>
internal sealed class Meter
{
    private const int WarmingUp = 0;
    private const int Measuring = 1;
    private const int Stopped = 2;

    private readonly LatencyHistogram latencies = new();
    private int phase;
    private long done;
    private long failed;
    private int rounds;

    public bool Running => Volatile.Read(ref phase) != Stopped;

    /// <summary>Callers that have been through all of their subscriptions.</summary>
    public int Rounds => Volatile.Read(ref rounds);

    public LatencyHistogram Latencies => latencies;

    /// <summary>Commands done within the measured time.</summary>
    public long Done => Volatile.Read(ref done);

    /// <summary>Commands that were refused or failed within the measured time.</summary>
    public long Failed => Volatile.Read(ref failed);

    public void StartMeasuring() => Volatile.Write(ref phase, Measuring);

    public void Stop() => Volatile.Write(ref phase, Stopped);

    public void RoundDone() => Interlocked.Increment(ref rounds);

    /// <summary>One command came back.</summary>
    /// <param name="startedAt">Timestamp of when it was sent.</param>
    /// <param name="ok">Whether it was done.</param>
    public void Record(long startedAt, bool ok)
    {
        if (Volatile.Read(ref phase) != Measuring) return;
        if (!ok)
        {
            Interlocked.Increment(ref failed);
            return;
        }

        latencies.Record(Stopwatch.GetElapsedTime(startedAt));
        Interlocked.Increment(ref done);
    }
}
