using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>Which commands belong to a measurement.</summary>
internal enum CountedBy
{
    /// <summary>Those intended from its beginning on, whenever they come back: what an open loop needs.</summary>
    Intention,

    /// <summary>Those that come back between its beginning and its end: how many a second, with callers that never pause.</summary>
    Return,
}

/// <summary>
/// Counts commands and how they were answered, and tells those who send them when to stop. What is answered before the
/// measuring begins is warm-up, and counts only as in flight.
/// </summary>
internal sealed class Meter(CountedBy countedBy = CountedBy.Intention)
{
    private readonly ConcurrentDictionary<string, long> codes = new(StringComparer.Ordinal);
    private long measureFrom = long.MaxValue;
    private long stoppedAt;
    private long lastAnswerAt;
    private long sent;
    private long answered;
    private long done;
    private long refused;
    private long failed;
    private int rounds;

    /// <summary>Of commands that were done.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Whether callers should go on.</summary>
    public bool Running => Volatile.Read(ref stoppedAt) == 0;

    /// <summary>Of those that were announced by <see cref="Sending"/>.</summary>
    public long InFlight => Volatile.Read(ref sent) - Volatile.Read(ref answered);

    public long Done => Volatile.Read(ref done);

    /// <summary>Refused by a rule of billing.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Turned away for want of room or of a database, or answered by an error.</summary>
    public long Failed => Volatile.Read(ref failed);

    /// <summary>Refusals and failures by their code.</summary>
    public IReadOnlyDictionary<string, long> Codes => codes;

    /// <summary>Callers that have been through all of their subscriptions.</summary>
    public int Rounds => Volatile.Read(ref rounds);

    /// <summary>From the beginning of the measuring to its end, or to the last answer where intention counts.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            var until = countedBy == CountedBy.Return ? Volatile.Read(ref stoppedAt) : Volatile.Read(ref lastAnswerAt);
            return until > measureFrom ? Stopwatch.GetElapsedTime(measureFrom, until) : TimeSpan.Zero;
        }
    }

    /// <summary>Measures from this timestamp on.</summary>
    public void MeasureFrom(long timestamp) => Volatile.Write(ref measureFrom, timestamp);

    /// <summary>Tells callers to send no more.</summary>
    public void Stop() => Interlocked.CompareExchange(ref stoppedAt, Stopwatch.GetTimestamp(), 0);

    public void Sending() => Interlocked.Increment(ref sent);

    public void RoundDone() => Interlocked.Increment(ref rounds);

    /// <summary>One command came back, done or not.</summary>
    public void Record(long intendedAt, bool ok) => Record(intendedAt, ok ? AnswerKind.Done : AnswerKind.Failed, null);

    /// <param name="intendedAt">Timestamp of when it should have been sent; latency counts from there.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="code">Why it was not done.</param>
    public void Record(long intendedAt, AnswerKind kind, string? code)
    {
        Interlocked.Increment(ref answered);
        var now = Stopwatch.GetTimestamp();
        if ((countedBy == CountedBy.Return ? now : intendedAt) < Volatile.Read(ref measureFrom)) return;
        if (countedBy == CountedBy.Return && !Running) return;
        Volatile.Write(ref lastAnswerAt, now);
        if (code is not null) codes.AddOrUpdate(code, 1, static (_, count) => count + 1);
        switch (kind)
        {
            case AnswerKind.Done:
                Latencies.Record(Stopwatch.GetElapsedTime(intendedAt, now));
                Interlocked.Increment(ref done);
                break;
            case AnswerKind.Refused:
                Interlocked.Increment(ref refused);
                break;
            case AnswerKind.Failed:
                Interlocked.Increment(ref failed);
                break;
            default:
                throw new InvalidOperationException($"{kind} is not known.");
        }
    }
}
