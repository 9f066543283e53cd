using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>
/// Folds the deltas that commits append into one row per counter or balance, so that reading stays cheap. It may run
/// late or not at all without anything being wrong: reads add the deltas themselves. A second process waits for the
/// first and goes on behind it.
/// </summary>
internal sealed partial class DeltaFolder
{
    private const string LockSql = "select pg_advisory_xact_lock($1, $2)";

    private readonly string sql;
    private readonly int lockKey;
    private readonly string table;
    private readonly EmptiedTable emptied;
    private readonly PooledCalls pool;
    private readonly int rowsMax;
    private readonly ILogger<DeltaFolder> logger;
    private bool failing;

    private DeltaFolder(string table, string sqlName, int lockKey, PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger)
    {
        this.table = table;
        this.lockKey = lockKey;
        this.pool = pool;
        this.rowsMax = rowsMax;
        this.logger = logger;
        sql = EmbeddedSql.Read(sqlName);
        emptied = new EmptiedTable(pool, table);
    }

    public static DeltaFolder OfStatistics(PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger) =>
        new("statistic_delta", "Postgres.Statistics.fold.sql", AdvisoryLocks.FoldingStatistics, pool, rowsMax, logger);

    public static DeltaFolder OfBalances(PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger) =>
        new("balance_delta", "Postgres.Balances.fold.sql", AdvisoryLocks.FoldingBalances, pool, rowsMax, logger);

    /// <summary>Folds one round; the number of deltas folded.</summary>
    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        NpgsqlParameter[] turn = [Integer(AdvisoryLocks.Space), Integer(lockKey)];
        var rows = await pool.WriteLockedAsync(LockSql, turn, sql, [Integer(rowsMax)], static reader => reader.GetInt32(0), cancellationToken);
        await emptied.NoteDeletedAsync(rows[0], cancellationToken);
        return rows[0];
    }

    /// <summary>Folds what there is, round by round; the background loop, which outlives every failure.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await FoldAsync(cancellationToken) == rowsMax) LogBehind(rowsMax, table);
            failing = false;
        }
        catch (Exception exception) when (exception is JournalUnavailableException or PostgresException)
        {
            if (!failing) LogFailed(exception, table);
            failing = true;
        }
    }
}
