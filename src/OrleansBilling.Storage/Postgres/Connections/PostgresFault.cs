using System.Data;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>What a failed statement implies for the work it carried.</summary>
internal enum PostgresFault
{
    /// <summary>The connection broke or timed out: the statement may or may not have taken effect.</summary>
    Connection,

    /// <summary>The server refused for its own reasons (disk full, shutting down, read-only): no effect.</summary>
    Server,

    /// <summary>
    /// Another transaction was in the way (deadlock, serialization failure, lock timeout): no effect, and the same work may
    /// succeed later.
    /// </summary>
    Contention,

    /// <summary>The server refused something in the data: no effect, and the rest of the data may be fine.</summary>
    Data,
}

internal static class PostgresFaults
{
    public static PostgresFault Classify(Exception exception, NpgsqlConnection connection)
    {
        if (connection.FullState is not ConnectionState.Open) return PostgresFault.Connection;
        return exception switch
        {
            PostgresException server when IsContention(server.SqlState) => PostgresFault.Contention,
            PostgresException server => IsAboutData(server.SqlState) ? PostgresFault.Data : PostgresFault.Server,
            NpgsqlException or TimeoutException or IOException or OperationCanceledException => PostgresFault.Connection,
            // Refused before anything was sent, such as invalid Unicode.
            _ => PostgresFault.Data,
        };
    }

    /// <summary>Whether a call failed because the database does not answer, rather than because of the request.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException server => IsOutage(server.SqlState) || IsContention(server.SqlState),
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Data exceptions, constraint violations and exceeded limits. A different batch may succeed.</summary>
    private static bool IsAboutData(string sqlState) => sqlState[..2] is "22" or "23" or "54";

    private static bool IsContention(string sqlState) => sqlState[..2] == "40" || sqlState == PostgresErrorCodes.LockNotAvailable;

    /// <summary>Connection, resource, operator and system errors, and a standby that accepts no writes.</summary>
    private static bool IsOutage(string sqlState) =>
        sqlState[..2] is "08" or "53" or "57" or "58" || sqlState == PostgresErrorCodes.ReadOnlySqlTransaction;
}
