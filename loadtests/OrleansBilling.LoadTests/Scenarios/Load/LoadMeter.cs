using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Targets;

namespace OrleansBilling.LoadTests.Scenarios.Load;

/// <summary>
/// Counts what was sent and how it was answered. What was intended before the measuring began is warm-up, and counts only
/// as in flight.
/// </summary>
internal sealed class LoadMeter
{
    private readonly LatencyHistogram latencies = new();
    private readonly ConcurrentDictionary<string, long> codes = new(StringComparer.Ordinal);
    private long measureFrom = long.MaxValue;
    private long sent;
    private long answered;
    private long done;
    private long refused;
    private long failed;
    private long lastAnswerAt;

    public LatencyHistogram Latencies => latencies;

    public long InFlight => Volatile.Read(ref sent) - Volatile.Read(ref answered);

    public long Done => Volatile.Read(ref done);

    /// <summary>Refused by a rule of billing.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Turned away for want of room or of a database, or answered by an error.</summary>
    public long Failed => Volatile.Read(ref failed);

    /// <summary>Refusals and failures by their code.</summary>
    public IReadOnlyDictionary<string, long> Codes => codes;

    /// <summary>From the beginning of the measuring to the last answer.</summary>
    public TimeSpan Elapsed =>
        Volatile.Read(ref lastAnswerAt) is > 0 and var last ? Stopwatch.GetElapsedTime(measureFrom, last) : TimeSpan.Zero;

    /// <summary>Measures what is intended from this timestamp on.</summary>
    public void MeasureFrom(long timestamp) => Volatile.Write(ref measureFrom, timestamp);

    public void Sending() => Interlocked.Increment(ref sent);

    /// <param name="intendedAt">Timestamp of when it should have been sent.</param>
    /// <param name="answer">What came back.</param>
    public void Answered(long intendedAt, CommandAnswer answer)
    {
        Interlocked.Increment(ref answered);
        if (intendedAt < Volatile.Read(ref measureFrom)) return;
        Volatile.Write(ref lastAnswerAt, Stopwatch.GetTimestamp());
        if (answer.Code is { } code) codes.AddOrUpdate(code, 1, static (_, count) => count + 1);
        switch (answer.Kind)
        {
            case AnswerKind.Done:
                latencies.Record(Stopwatch.GetElapsedTime(intendedAt));
                Interlocked.Increment(ref done);
                break;
            case AnswerKind.Refused:
                Interlocked.Increment(ref refused);
                break;
            case AnswerKind.Failed:
                Interlocked.Increment(ref failed);
                break;
            default:
                throw new InvalidOperationException($"{answer.Kind} is not known.");
        }
    }
}
