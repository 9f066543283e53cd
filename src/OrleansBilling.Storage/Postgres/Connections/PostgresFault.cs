using System.Data;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>What a failed statement says about the work that it carried.</summary>
internal enum PostgresFault
{
    /// <summary>The connection is lost or silent: the statement may or may not have taken effect.</summary>
    Connection,

    /// <summary>The server refused for reasons of its own (disk full, shutting down, read-only): no effect.</summary>
    Server,

    /// <summary>Something in the data was refused: no effect, and the rest of the data may be fine.</summary>
    Data,
}

/// <summary>Tells faults apart.</summary>
internal static class PostgresFaults
{
    public static PostgresFault Classify(Exception exception, NpgsqlConnection connection)
    {
        if (connection.FullState is not ConnectionState.Open) return PostgresFault.Connection;
        return exception switch
        {
            PostgresException server => IsAboutData(server.SqlState) ? PostgresFault.Data : PostgresFault.Server,
            NpgsqlException or TimeoutException or IOException => PostgresFault.Connection,
            // Refused before anything was sent, such as text that is not Unicode.
            _ => PostgresFault.Data,
        };
    }

    /// <summary>Whether a call failed because the database does not answer, rather than because of what was asked.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException server => IsOutage(server.SqlState),
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Data exceptions, broken constraints, deadlocks and values beyond a limit: another batch may fare better.</summary>
    private static bool IsAboutData(string sqlState) => sqlState[..2] is "22" or "23" or "40" or "54";

    /// <summary>Connection, resources, operator intervention, system: and a standby that takes no writes.</summary>
    private static bool IsOutage(string sqlState) =>
        sqlState[..2] is "08" or "53" or "57" or "58" || sqlState == PostgresErrorCodes.ReadOnlySqlTransaction;
}
