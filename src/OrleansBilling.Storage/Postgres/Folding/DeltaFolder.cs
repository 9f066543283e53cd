using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>
/// Folds the deltas that commits append into one row per counter or balance, to keep reads cheap. Folding may be late or fail without
/// making any figure wrong, because reads add the unfolded deltas. A second process waits for the first and continues after it. If the
/// database refuses the sum of a key, only that key is set aside and the others are folded.
/// </summary>
internal sealed partial class DeltaFolder
{
    private const string Which = "{which}";

    private readonly string sql;
    private readonly int lockKey;
    private readonly string table;
    private readonly AsideSql aside;
    private readonly EmptiedTable emptied;
    private readonly PooledCalls pool;
    private readonly int rowsMax;
    private readonly ILogger<DeltaFolder> logger;
    private bool failing;
    private bool tookAside;

    private DeltaFolder(
        string table, AsideSql aside, string sqlName, int lockKey, PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger)
    {
        this.table = table;
        this.aside = aside;
        this.lockKey = lockKey;
        this.pool = pool;
        this.rowsMax = rowsMax;
        this.logger = logger;
        sql = EmbeddedSql.Read(sqlName);
        emptied = new EmptiedTable(pool, table);
    }

    public static DeltaFolder OfStatistics(PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger) =>
        new("statistic_delta", AsideSql.OfStatistics, "Postgres.Statistics.fold.sql", AdvisoryLocks.FoldingStatistics, pool, rowsMax,
            logger);

    public static DeltaFolder OfBalances(PooledCalls pool, int rowsMax, ILogger<DeltaFolder> logger) =>
        new("balance_delta", AsideSql.OfBalances, "Postgres.Balances.fold.sql", AdvisoryLocks.FoldingBalances, pool, rowsMax, logger);

    /// <summary>Folds one round and returns the number of deltas folded.</summary>
    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        if (!tookAside) await TakeAsideAsync(cancellationToken);
        int rows;
        try
        {
            rows = await WriteAsync(sql.Replace(Which, "true", StringComparison.Ordinal), [Integer(rowsMax)], cancellationToken);
        }
        catch (PostgresException refusal) when (IsOfSum(refusal))
        {
            rows = await FoldApartAsync(
                await pool.ReadAsync(aside.Keys, [Integer(rowsMax)], static reader => reader.GetString(0), cancellationToken),
                cancellationToken);
        }

        await emptied.NoteDeletedAsync(rows, cancellationToken);
        return rows;
    }

    /// <summary>Retries what was set aside before this start.</summary>
    private async Task TakeAsideAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(aside.TakeBack, [], cancellationToken);
        tookAside = true;
    }

    /// <summary>Halves the keys until each refused key stands alone, and sets it aside. Returns the number of deltas folded.</summary>
    private async Task<int> FoldApartAsync(List<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) return 0;
        try
        {
            return await WriteAsync(
                sql.Replace(Which, aside.IsOfKeys, StringComparison.Ordinal), [Integer(rowsMax), Texts([.. keys])], cancellationToken);
        }
        catch (PostgresException refusal) when (IsOfSum(refusal))
        {
            if (keys.Count == 1) return await SetAsideAsync(keys[0], refusal, cancellationToken);
        }

        var half = keys.Count / 2;
        return await FoldApartAsync(keys[..half], cancellationToken) + await FoldApartAsync(keys[half..], cancellationToken);
    }

    private async Task<int> SetAsideAsync(string key, PostgresException refusal, CancellationToken cancellationToken)
    {
        var rows = await WriteAsync(aside.SetAside, [Text(refusal.MessageText), Texts([key])], cancellationToken);
        BillingTelemetry.SumsSetAside.Add(1, new KeyValuePair<string, object?>("table", table));
        LogSetAside(refusal, table, key);
        return rows;
    }

    private async Task<int> WriteAsync(string statement, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] turn = [Integer(AdvisoryLocks.Space), Integer(lockKey)];
        return (await pool.WriteLockedAsync(
            AdvisoryLocks.TakeSql, turn, statement, parameters, static reader => reader.GetInt32(0), cancellationToken))[0];
    }

    /// <summary>
    /// Whether the database refused the data being written (by type, constraint or trigger), as opposed to a deadlock, an outage or a bug
    /// of ours.
    /// </summary>
    private static bool IsOfSum(PostgresException refusal) => refusal.SqlState[..2] is "22" or "23" or "54" or "P0";

    /// <summary>Folds everything, round by round. Runs in the background loop and survives a failing database.</summary>
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "More than {Rows} rows wait in {Table}; another round follows.")]
    private partial void LogBehind(int rows, string table);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message =
            "The database refused the sum of {Table} at {Key}. It is set aside, reads still include it, and the next start retries it.")]
    private partial void LogSetAside(Exception exception, string table, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "Folding {Table} failed and will be retried; sums stay exact.")]
    private partial void LogFailed(Exception exception, string table);
}
