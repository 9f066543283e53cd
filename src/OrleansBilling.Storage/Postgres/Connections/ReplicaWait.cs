using Npgsql;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Whether a session waits for the synchronous replica. Its commit is on the disk of the primary, but nobody sees it yet. It must
/// not be canceled: then it becomes visible, and a repeated command is answered from it, though the replica does not have it.
/// </summary>
internal static class ReplicaWait
{
    private const string Sql = "select coalesce(bool_or(wait_event = 'SyncRep'), false) from pg_stat_activity where pid = $1";

    /// <summary>One connection of a process looks, whoever wants to know.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    /// <param name="server">The server of the session.</param>
    /// <param name="session">The session's pg_backend_pid.</param>
    /// <returns>Null if the server does not answer in time.</returns>
    public static async Task<bool?> IsOnAsync(HostConnections server, int session, CancellationToken cancellationToken)
    {
        try
        {
            await Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            await using var connection = await server.Dedicated.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { Integer(session) } };
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException)
        {
            // It answers but cannot say, for example because it has no connection left. So it is not lost, and waiting is safe.
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            return null;
        }
        finally
        {
            Turn.Release();
        }
    }
}
