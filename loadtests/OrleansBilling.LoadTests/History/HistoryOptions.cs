using NodaTime;

namespace OrleansBilling.LoadTests.History;

/// <summary>What <c>history</c> is asked for.</summary>
/// <param name="OnPostgres">Whether on PostgreSQL instead of SQLite.</param>
/// <param name="Usage">Usage events of the subscription with many.</param>
/// <param name="Samples">How often each operation is timed.</param>
/// <param name="Readers">Readers at the same time.</param>
/// <param name="Reading">How long they read.</param>
/// <param name="Directory">Where SQLite's file is left; null for nowhere.</param>
internal sealed record HistoryOptions(bool OnPostgres, int Usage, int Samples, int Readers, TimeSpan Reading, string? Directory)
{
    /// <summary>Usage events of the subscription with few, and the least of the other.</summary>
    public const int UsageMin = 100;

    /// <summary>How many times as much an operation may cost with much usage.</summary>
    public const double RatioMax = 3;

    /// <summary>By how many bytes all readers together may make the process grow.</summary>
    public const long ReadersBytesMax = 64L << 20;

    /// <summary>When both are sold.</summary>
    public static readonly Instant SoldAt = Instant.FromUtc(2024, 1, 31, 0, 0);

    /// <summary>Over which time the usage of each is spread evenly.</summary>
    public static readonly Duration UsedFor = Duration.FromDays(12);

    /// <summary>The time of the reads.</summary>
    public static readonly Instant ReadAt = SoldAt + Duration.FromDays(13);
}
