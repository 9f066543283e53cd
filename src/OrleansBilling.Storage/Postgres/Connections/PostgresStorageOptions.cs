namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>How a process uses PostgreSQL. Every number is an upper bound; the defaults suit a small machine.</summary>
public sealed record PostgresStorageOptions
{
    public const int CommitLanesMax = 8;

    public const int LoadLanesMax = 4;

    /// <summary>An Npgsql connection string. The options below override its pooling, preparation and timeouts.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Connections that write commits, 1 to 8.</summary>
    public int CommitLanes { get; init; } = 2;

    /// <summary>Commits that may wait per lane. Beyond that, a commit is unavailable at once.</summary>
    public int CommitQueueMax { get; init; } = 8_192;

    /// <summary>Commits in one statement.</summary>
    public int CommitBatchMax { get; init; } = 1_024;

    /// <summary>Connections that load subscriptions, 1 to 4.</summary>
    public int LoadLanes { get; init; } = 1;

    /// <summary>Loads that may wait per lane. Beyond that, a load is refused at once.</summary>
    public int LoadQueueMax { get; init; } = 8_192;

    /// <summary>Subscriptions in one load statement.</summary>
    public int LoadBatchMax { get; init; } = 1_024;

    /// <summary>Connections for all other reads and writes.</summary>
    public int PooledConnectionsMax { get; init; } = 8;

    /// <summary>How long opening a connection may take, in whole seconds; also the longest that a commit waits for one.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a statement may take, in whole seconds. After that, its connection is dropped.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause between two attempts to reconnect.</summary>
    public TimeSpan ReconnectPauseMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often statistics and balance deltas are folded.</summary>
    public TimeSpan FoldInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest a committed event waits for its position in the feed while the database answers and keeps up.</summary>
    public TimeSpan FeedInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Deltas folded per statement.</summary>
    public int FoldRowsMax { get; init; } = 50_000;

    /// <summary>Throws if a number is out of range.</summary>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        StorageLimit.Require(CommitLanes, 1, CommitLanesMax);
        StorageLimit.Require(LoadLanes, 1, LoadLanesMax);
        StorageLimit.Require(CommitQueueMax, 1, 1_000_000);
        StorageLimit.Require(LoadQueueMax, 1, 1_000_000);
        StorageLimit.Require(CommitBatchMax, 1, 10_000);
        StorageLimit.Require(LoadBatchMax, 1, 10_000);
        StorageLimit.Require(PooledConnectionsMax, 1, 100);
        StorageLimit.Require(FoldRowsMax, 1, 1_000_000);
        StorageLimit.Require((int)ConnectTimeout.TotalSeconds, 1, 60);
        StorageLimit.Require((int)CommandTimeout.TotalSeconds, 1, 600);
    }
}
