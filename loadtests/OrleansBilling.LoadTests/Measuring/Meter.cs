using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansBilling.LoadTests.Measuring;

/// <summary>Decides which commands belong to a measurement.</summary>
internal enum CountedBy
{
    /// <summary>Commands intended after the measurement began, whenever they return. An open loop needs this.</summary>
    Intention,

    /// <summary>Commands that return during the measurement. This gives the rate of callers that never pause.</summary>
    Return,
}

/// <summary>
/// Counts commands and their answers, and signals the end to senders. Answers before the measurement are warm-up; they count
/// only as in flight.
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

    /// <summary>Latencies of commands that were done.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Whether callers should continue.</summary>
    public bool Running => Volatile.Read(ref stoppedAt) == 0;

    /// <summary>Commands announced by <see cref="Sending"/> and not yet answered.</summary>
    public long InFlight => Volatile.Read(ref sent) - Volatile.Read(ref answered);

    public long Done => Volatile.Read(ref done);

    /// <summary>Commands refused by a billing rule.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Commands turned away because of overload or a missing database, or answered with an error.</summary>
    public long Failed => Volatile.Read(ref failed);

    /// <summary>Refusals and failures by code.</summary>
    public IReadOnlyDictionary<string, long> Codes => codes;

    /// <summary>Callers that have gone through all their subscriptions.</summary>
    public int Rounds => Volatile.Read(ref rounds);

    /// <summary>From the start of the measurement to its end, or to the last answer when intention counts.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            var until = countedBy == CountedBy.Return ? Volatile.Read(ref stoppedAt) : Volatile.Read(ref lastAnswerAt);
            return until > measureFrom ? Stopwatch.GetElapsedTime(measureFrom, until) : TimeSpan.Zero;
        }
    }

    /// <summary>Starts the measurement at this timestamp.</summary>
    public void MeasureFrom(long timestamp) => Volatile.Write(ref measureFrom, timestamp);

    /// <summary>Ends the measurement. Senders then stop.</summary>
    public void Stop() => Interlocked.CompareExchange(ref stoppedAt, Stopwatch.GetTimestamp(), 0);

    public void Sending() => Interlocked.Increment(ref sent);

    public void RoundDone() => Interlocked.Increment(ref rounds);

    /// <summary>Records that a command returned, done or not.</summary>
    public void Record(long intendedAt, bool ok) => Record(intendedAt, ok ? AnswerKind.Done : AnswerKind.Failed, null);

    /// <param name="intendedAt">Timestamp at which the command should have been sent; latency counts from it.</param>
    /// <param name="kind">How the command ended.</param>
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
                throw new InvalidOperationException($"Unknown kind {kind}.");
        }
    }
}
