using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// A few read connections, each used by one caller at a time, on the caller's thread: a read takes microseconds. The number of waiting
/// reads is bounded; beyond that, reads are refused.
/// </summary>
internal sealed class SqliteReaders(Func<SqliteConnection> open, SqliteStorageOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim places = new(options.ReadersMax);
    private readonly ConcurrentBag<SqliteStatements> idle = [];
    private readonly int waitingMax = options.ReadQueueMax;
    private int waiting;
    private volatile bool disposed;

    /// <summary>Reads all rows of a query. Parameters are named $1, $2 and so on.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be used, too many reads wait, or the storage is closed.</exception>
    public ValueTask<List<TRow>> ReadAsync<TRow>(
        string sql, object?[] values, Func<SqliteDataReader, TRow> read, CancellationToken cancellationToken) =>
        ReadAsync(statements => statements.Read(sql, values, read), cancellationToken);

    /// <summary>Runs a read of several statements on one connection.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be used, too many reads wait, or the storage is closed.</exception>
    public async ValueTask<TResult> ReadAsync<TResult>(Func<SqliteStatements, TResult> read, CancellationToken cancellationToken)
    {
        await TakePlaceAsync(cancellationToken);
        try
        {
            if (disposed) throw SqliteFaults.Unavailable(null);
            return Read(read);
        }
        finally
        {
            places.Release();
        }
    }

    private async ValueTask TakePlaceAsync(CancellationToken cancellationToken)
    {
        if (disposed) throw SqliteFaults.Unavailable(null);
        if (places.Wait(0, cancellationToken)) return;
        try
        {
            if (Interlocked.Increment(ref waiting) > waitingMax)
                throw new JournalUnavailableException("Too many reads wait for the database file.");
            await places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private TResult Read<TResult>(Func<SqliteStatements, TResult> read)
    {
        try
        {
            if (!idle.TryTake(out var statements)) statements = new SqliteStatements(open());
            try
            {
                return read(statements);
            }
            finally
            {
                idle.Add(statements);
            }
        }
        catch (SqliteException exception) when (SqliteFaults.IsUnavailable(exception))
        {
            throw SqliteFaults.Unavailable(exception);
        }
    }

    /// <summary>Waits for reads in flight and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        for (var place = 0; place < options.ReadersMax; place++) await places.WaitAsync(CancellationToken.None);
        while (idle.TryTake(out var statements)) statements.Dispose();
        places.Release(options.ReadersMax);
    }
}
