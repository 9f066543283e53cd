using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Statistics;

/// <summary>
/// Folds the deltas that commits append into one row per offer, day, metric and origin, so that reading stays cheap. It
/// may run late or not at all without anything being wrong: reads add the deltas themselves.
/// </summary>
internal sealed partial class StatisticsFolder(PooledCalls pool, int rowsMax, ILogger<StatisticsFolder> logger)
{
    /// <summary>The deltas' table lives by being emptied, faster than autovacuum comes by; so it is cleaned here.</summary>
    private const int FoldedRowsPerVacuum = 50_000;

    private static readonly string FoldSql = EmbeddedSql.Read("Postgres.Statistics.fold.sql");

    private bool failing;
    private long foldedSinceVacuum;

    /// <summary>Folds one round; the number of deltas folded.</summary>
    public async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        // Tried twice like a read, which is harmless: a second round folds other deltas than the first.
        NpgsqlParameter[] parameters = [Integer(rowsMax), Integer(AdvisoryLocks.Space), Integer(AdvisoryLocks.Folding)];
        var rows = await pool.ReadAsync(FoldSql, parameters, static reader => reader.GetInt32(0), cancellationToken);
        foldedSinceVacuum += rows[0];
        if (foldedSinceVacuum >= FoldedRowsPerVacuum)
        {
            foldedSinceVacuum = 0;
            await pool.WriteAsync("vacuum statistic_delta", [], cancellationToken);
        }

        return rows[0];
    }

    /// <summary>Folds what there is, round by round; the background loop, which outlives every failure.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await FoldAsync(cancellationToken) == rowsMax) LogBehind(rowsMax);
            failing = false;
        }
        catch (Exception exception) when (exception is JournalUnavailableException or PostgresException)
        {
            if (!failing) LogFailed(exception);
            failing = true;
        }
    }
}
