using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums are a by-product of commits, so a refused sum must not fail a commit. A write that the database refuses is rolled back to a
/// savepoint, and the batch continues without it.
/// </summary>
internal sealed partial class SqliteSetAside(SqliteStatements statements, ILogger logger)
{
    /// <summary>Writes within the open transaction. Returns null, or why nothing of it was written.</summary>
    public SqliteException? Try(Action write)
    {
        statements.Write("savepoint sums");
        try
        {
            write();
            statements.Write("release sums");
            return null;
        }
        catch (SqliteException exception) when (!SqliteFaults.IsUnavailable(exception) && statements.InTransaction)
        {
            statements.Write("rollback to sums");
            statements.Write("release sums");
            return exception;
        }
    }

    /// <summary>Logs a sum when it is refused for the first time.</summary>
    public void Tell(string table, object key, SqliteException reason) => LogSetAside(reason, table, key.ToString());

    /// <summary>Counts deltas each time they are set aside.</summary>
    public static void Count(string table) => BillingTelemetry.SumsSetAside.Add(1, new KeyValuePair<string, object?>("table", table));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message =
            "The database refused to add to the sum of {Table} at {Key}. It is set aside, reads include it, the next start retries it.")]
    private partial void LogSetAside(Exception exception, string table, string? key);
}
