using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Refuses a pooler that gives each transaction another server session (PgBouncer in transaction or statement mode). Prepared
/// statements, session settings and advisory locks would be lost or, worse, be somebody else's. A pooler in session mode is fine.
/// </summary>
internal static class PoolerCheck
{
    /// <summary>
    /// Two connections that are open at the same time take turns. In session mode each keeps its own session. Otherwise they share
    /// one when nobody else uses the pooler, and sessions change when somebody does.
    /// </summary>
    private const int Rounds = 20;

    /// <exception cref="NotSupportedException">The pooler shares sessions.</exception>
    public static async Task RefuseSharedSessionsAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var first = await source.OpenConnectionAsync(cancellationToken);
        var session = await SessionOfAsync(first, cancellationToken);

        // A pooler invents the session number that it tells at connect. Without a pooler both are the same.
        if (session == first.ProcessID) return;
        await using var second = await source.OpenConnectionAsync(cancellationToken);
        var other = await SessionOfAsync(second, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            if (session == other || await SessionOfAsync(first, cancellationToken) != session ||
                await SessionOfAsync(second, cancellationToken) != other)
                throw new NotSupportedException(
                    "The connection string leads to a pooler that changes the server session between transactions. " +
                    "Set it to session mode (PgBouncer: pool_mode = session) or connect to PostgreSQL directly.");
        }
    }

    private static async Task<int> SessionOfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
