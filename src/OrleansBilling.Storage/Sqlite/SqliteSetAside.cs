using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums are by-products of a commit, and none of them may refuse it. What the database refuses is undone up to a
/// savepoint, and the batch goes on without it.
/// </summary>
internal sealed partial class SqliteSetAside(SqliteStatements statements, ILogger logger)
{
    /// <summary>Writes within the open transaction; null, or why nothing of it was written.</summary>
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

    /// <summary>Logs a sum that is refused for the first time.</summary>
    public void Tell(string table, object key, SqliteException reason) => LogSetAside(reason, table, key.ToString());

    /// <summary>Counts deltas that were set aside, each time.</summary>
    public static void Count(string table) => BillingTelemetry.SumsSetAside.Add(1, new KeyValuePair<string, object?>("table", table));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message =
            "The database refuses to add to the row of {Table} at {Key}: that sum is set aside, where reads find it. The next start tries it again.")]
    private partial void LogSetAside(Exception exception, string table, string? key);
}
