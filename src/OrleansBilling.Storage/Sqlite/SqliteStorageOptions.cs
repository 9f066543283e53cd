namespace OrleansBilling.Storage.Sqlite;

/// <summary>How a process uses its SQLite file. Every number is an upper bound.</summary>
public sealed record SqliteStorageOptions
{
    /// <summary>The database file. Its folder is created if missing.</summary>
    public required string Path { get; init; }

    /// <summary>Commits that may wait. Beyond that, a commit is unavailable at once.</summary>
    public int CommitQueueMax { get; init; } = 8_192;

    /// <summary>Commits in one transaction.</summary>
    public int CommitBatchMax { get; init; } = 1_024;

    /// <summary>Read connections.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>Reads that may wait for a connection. Beyond that, a read is refused at once.</summary>
    public int ReadQueueMax { get; init; } = 8_192;

    /// <summary>How long to wait, in whole seconds, while something else (such as a backup) holds the file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often background work runs.</summary>
    public TimeSpan BackgroundInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether to read the whole file at the start to find damaged pages. Takes seconds per gigabyte.</summary>
    public bool ChecksPages { get; init; }

    /// <summary>Operational time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Throws if a number is out of range.</summary>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        StorageLimit.Require(CommitQueueMax, 1, 1_000_000);
        StorageLimit.Require(CommitBatchMax, 1, 10_000);
        StorageLimit.Require(ReadersMax, 1, 64);
        StorageLimit.Require(ReadQueueMax, 1, 1_000_000);
        StorageLimit.Require((int)BusyTimeout.TotalSeconds, 1, 600);
    }
}
