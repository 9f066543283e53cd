using NodaTime;

namespace OrleansBilling.LoadTests.History;

/// <summary>The arguments of <c>history</c>.</summary>
/// <param name="OnPostgres">PostgreSQL instead of SQLite.</param>
/// <param name="Usage">Usage events of the large subscription.</param>
/// <param name="Samples">Timings per operation.</param>
/// <param name="Readers">Concurrent readers.</param>
/// <param name="Reading">How long they read.</param>
/// <param name="Directory">Where to keep the SQLite file; null to delete it.</param>
internal sealed record HistoryOptions(bool OnPostgres, int Usage, int Samples, int Readers, TimeSpan Reading, string? Directory)
{
    /// <summary>Usage events of the small subscription, and the minimum for the large one.</summary>
    public const int UsageMin = 100;

    /// <summary>Maximum cost ratio of an operation, much usage to little.</summary>
    public const double RatioMax = 3;

    /// <summary>Maximum growth of the process, in bytes, caused by all readers together.</summary>
    public const long ReadersBytesMax = 64L << 20;

    /// <summary>When both subscriptions are sold.</summary>
    public static readonly Instant SoldAt = Instant.FromUtc(2024, 1, 31, 0, 0);

    /// <summary>The usage of each subscription is spread evenly over this time.</summary>
    public static readonly Duration UsedFor = Duration.FromDays(12);

    /// <summary>The clock's time while reading.</summary>
    public static readonly Instant ReadAt = SoldAt + Duration.FromDays(13);
}
