using Npgsql;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>The right of one process to do a long work in the background. It is an advisory lock on a connection of its own.</summary>
internal static class AdvisoryLead
{
    /// <summary>Holds the lock until disposed, or until the connection breaks; null while another process holds it.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async ValueTask<IAsyncDisposable?> TryTakeAsync(
        PostgresConnections connections, int key, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await connections.Dedicated.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection)
            {
                Parameters = { Integer(AdvisoryLocks.Space), Integer(key) },
            };

            // The lock is released when its connection closes.
            if ((bool)(await command.ExecuteScalarAsync(cancellationToken))!) return connection;
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            if (connection is not null) await connection.DisposeAsync();
            throw new JournalUnavailableException("The database does not answer.", exception);
        }

        await connection.DisposeAsync();
        return null;
    }
}
