using Npgsql;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// The right of one process to do a long work in the background. It is an advisory lock on a connection of its own; a process does one
/// such work at a time, and so needs one connection for them.
/// </summary>
internal sealed class AdvisoryLead(PostgresConnections connections)
{
    private int taken;

    /// <summary>
    /// Holds the lock until disposed, or until the connection breaks; null while another process holds it, or this one does another work.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IAsyncDisposable?> TryTakeAsync(int key, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref taken, 1) == 1) return null;
        var lead = new Lead(this);
        try
        {
            if (await lead.TryLockAsync(connections.Dedicated, key, cancellationToken)) return lead;
        }
        catch (Exception exception)
        {
            await lead.DisposeAsync();
            if (PostgresFaults.IsUnavailable(exception))
                throw new JournalUnavailableException("The database does not answer.", exception);
            throw;
        }

        await lead.DisposeAsync();
        return null;
    }

    private sealed class Lead(AdvisoryLead owner) : IAsyncDisposable
    {
        private NpgsqlConnection? connection;

        public async Task<bool> TryLockAsync(NpgsqlDataSource source, int key, CancellationToken cancellationToken)
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection)
            {
                Parameters = { Integer(AdvisoryLocks.Space), Integer(key) },
            };
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        /// <summary>The lock is released when its connection closes.</summary>
        public async ValueTask DisposeAsync()
        {
            if (connection is not null) await connection.DisposeAsync();
            Volatile.Write(ref owner.taken, 0);
        }
    }
}
