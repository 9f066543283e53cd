using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Keeps libraries from filling the log while something they need is away. Of the warnings and errors of one kind the first is
/// written; those that follow are counted, and <see cref="RepetitionReport"/> writes the count once a minute. After a minute without
/// one, the kind is forgotten. Lines of our own are never dropped.
/// </summary>
internal sealed class RepetitionSampler(TimeProvider time) : LoggingSampler
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The most kinds remembered. Lines of further kinds are written as they come.</summary>
    public const int KindsMax = 1_000;

    private static readonly string[] Libraries = ["Orleans.", "Microsoft.Orleans", "Polly", "Npgsql"];

    private readonly Lock gate = new();
    private readonly Dictionary<LineKind, Run> runs = [];

    public override bool ShouldSample<TState>(in LogEntry<TState> logEntry)
    {
        if (logEntry.LogLevel < LogLevel.Warning || !IsOfLibrary(logEntry.Category)) return true;
        var kind = new LineKind(logEntry.Category, logEntry.EventId.Id, logEntry.EventId.Name, logEntry.Exception?.GetType());
        return !kind.IsKnown || IsFirst(kind);
    }

    /// <summary>The kinds that were repeated, and how often, each at most once a minute.</summary>
    /// <param name="all">Whether to include those whose minute is not over.</param>
    public IReadOnlyList<(LineKind Kind, int Count)> TakeRepeated(bool all)
    {
        var now = time.GetTimestamp();
        List<(LineKind, int)> repeated = [];
        lock (gate)
        {
            foreach (var (kind, run) in runs)
            {
                if (!all && time.GetElapsedTime(run.Since, now) < Window) continue;
                if (run.Count > 0) repeated.Add((kind, run.Count));
                else runs.Remove(kind);
                (run.Since, run.Count) = (now, 0);
            }
        }

        return repeated;
    }

    private bool IsFirst(LineKind kind)
    {
        lock (gate)
        {
            if (runs.TryGetValue(kind, out var run))
            {
                run.Count++;
                return false;
            }

            if (runs.Count < KindsMax) runs.Add(kind, new Run { Since = time.GetTimestamp() });
            return true;
        }
    }

    private static bool IsOfLibrary(string category)
    {
        foreach (var library in Libraries)
        {
            if (category.StartsWith(library, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private sealed class Run
    {
        /// <summary>When it was last written or reported.</summary>
        public long Since { get; set; }

        /// <summary>Lines dropped since then.</summary>
        public int Count { get; set; }
    }
}

/// <summary>What lines must have in common to count as repeated.</summary>
internal sealed record LineKind(string Category, int EventId, string? EventName, Type? Exception)
{
    /// <summary>Without an event and an exception, different lines look alike.</summary>
    public bool IsKnown => EventId != 0 || EventName is not null || Exception is not null;

    public override string ToString() => (EventName, Exception) switch
    {
        (null, null) => $"{Category}[{EventId}]",
        (_, null) => $"{Category}[{EventId}] {EventName}",
        _ => $"{Category}[{EventId}] {EventName ?? "with"} {Exception.Name}",
    };
}
