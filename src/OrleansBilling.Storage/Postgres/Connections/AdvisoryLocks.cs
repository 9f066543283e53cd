namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>The keys of all advisory locks. They stand together so that no two purposes share one. A lock is a pair: space, key.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Takes a lock, given as space and key, until the end of the transaction.</summary>
    public const string TakeSql = "select pg_advisory_xact_lock($1, $2)";

    /// <summary>Also makes the planner use indexes for the rest of the transaction.</summary>
    public const string TakeAndProbeSql = "select pg_advisory_xact_lock($1, $2), set_config('enable_seqscan', 'off', true)";

    /// <summary>The first half of every key.</summary>
    public const int Space = 0x0B11;

    /// <summary>Held while the schema is migrated.</summary>
    public const int Schema = 1_001;

    /// <summary>Held while the cluster's tables are migrated.</summary>
    public const int ClusterSchema = 1_100;

    /// <summary>Held while statistics are folded.</summary>
    public const int FoldingStatistics = 1_002;

    /// <summary>Held while balances are folded.</summary>
    public const int FoldingBalances = 1_003;

    /// <summary>Held while a process takes the next simulation.</summary>
    public const int Simulations = 1_035;

    /// <summary>Held while documents are numbered.</summary>
    public const int Numbering = 1_004;

    /// <summary>Held while events get their positions in the feed.</summary>
    public const int PlacingFeed = 1_005;

    /// <summary>Held while rows of the lists are written.</summary>
    public const int Lists = 1_006;

    /// <summary>Held by the process that fills the feed with what was before it.</summary>
    public const int FillingFeed = 1_021;

    /// <summary>Held by the process that recounts statistics.</summary>
    public const int RecountingStatistics = 1_020;
}
