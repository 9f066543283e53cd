using Npgsql;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Rare writes on the pool. One that takes too long, or whose caller gives up, is canceled, but not while it waits for the synchronous
/// replica (see <see cref="ReplicaWait"/>): it keeps its connection until it is done, and meanwhile all others are refused, so that the
/// pool is left to reads.
/// </summary>
internal sealed class PatientWrites(PostgresStorageOptions options, TimeProvider time)
{
    private int waiting;

    /// <exception cref="TimeoutException">It took too long; whether it is durable is unknown.</exception>
    /// <exception cref="JournalUnavailableException">Another one waits for the replica. Nothing was written.</exception>
    public async Task<TResult> RunAsync<TResult>(
        PrimaryTerm term, Func<NpgsqlConnection, CancellationToken, Task<TResult>> write, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref waiting) > 0) throw new JournalUnavailableException("Writes wait for the synchronous replica.");
        var one = new Write(await term.Server.Pool.OpenConnectionAsync(cancellationToken), new TermEnd(term, CancellationToken.None));
        var writing = write(one.Connection, one.End.Token);
        try
        {
            var result = await writing.WaitAsync(options.CommandTimeout, time, cancellationToken);
            await one.DisposeAsync();
            return result;
        }
        catch (Exception exception) when (!writing.IsCompleted && exception is TimeoutException or OperationCanceledException)
        {
            _ = LeaveAsync(writing, one, await WaitsForReplicaAsync(term.Server, one.Connection.ProcessID));
            throw;
        }
        catch
        {
            await one.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends when the write has ended. Its outcome is unknown to the caller, whatever it is.</summary>
    private async Task LeaveAsync(Task writing, Write one, bool waitsForReplica)
    {
        if (waitsForReplica) Interlocked.Increment(ref waiting);
        else one.End.Cancel();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (waitsForReplica) Interlocked.Decrement(ref waiting);
        await one.DisposeAsync();
    }

    private async Task<bool> WaitsForReplicaAsync(HostConnections server, int session)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
        return await ReplicaWait.IsOnAsync(server, session, deadline.Token) == true;
    }

    private readonly record struct Write(NpgsqlConnection Connection, TermEnd End) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Connection.DisposeAsync();
            End.Dispose();
        }
    }
}
