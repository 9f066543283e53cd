using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>
/// Folds the deltas that commits append into one row per counter or balance, so that reading stays cheap. It may run
/// late or not at all without anything being wrong: reads add the deltas themselves. A second process waits for the
/// first and goes on behind it. A key whose sum the database refuses is set aside alone, and the others are folded.
/// </summary>
internal sealed partial class DeltaFolder
{
    private const string Which = "{which}";
    private const string LockSql = "select pg_advisory_xact_lock($1, $2)";

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

    /// <summary>Folds one round; the number of deltas folded.</summary>
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

    /// <summary>What was set aside before this start gets another try.</summary>
    private async Task TakeAsideAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(aside.TakeBack, [], cancellationToken);
        tookAside = true;
    }

    /// <summary>Halves the keys until each that is refused stands alone, and sets that aside; the number of deltas folded.</summary>
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
            LockSql, turn, statement, parameters, static reader => reader.GetInt32(0), cancellationToken))[0];
    }

    /// <summary>
    /// Whether it is what is written that is refused (data, a constraint, a trigger), not a deadlock, an outage or a
    /// bug of ours.
    /// </summary>
    private static bool IsOfSum(PostgresException refusal) => refusal.SqlState[..2] is "22" or "23" or "54" or "P0";

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

    [LoggerMessage(Level = LogLevel.Debug, Message = "More than {Rows} rows wait in {Table}; another round follows.")]
    private partial void LogBehind(int rows, string table);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message =
            "The database refuses the sum of {Table} at {Key}: it is set aside, where reads find it, and the others are folded. The next start tries it again.")]
    private partial void LogSetAside(Exception exception, string table, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rows of {Table} were not folded; sums stay exact, and it is tried again.")]
    private partial void LogFailed(Exception exception, string table);
}
