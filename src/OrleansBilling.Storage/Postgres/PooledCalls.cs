using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres;

/// <summary>
/// Statements over the small pool. A database that does not answer becomes a <see cref="JournalUnavailableException"/>;
/// anything else is a bug and comes through as it is.
/// </summary>
internal sealed class PooledCalls(NpgsqlDataSource pool)
{
    /// <summary>
    /// All rows of a query. A pooled connection that the server closed meanwhile is no outage, so a failed read is tried
    /// once more on a new connection.
    /// </summary>
    public async Task<List<TRow>> ReadAsync<TRow>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(sql, parameters, read, cancellationToken);
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            pool.Clear();
        }

        try
        {
            return await ReadOnceAsync(sql, parameters, read, cancellationToken);
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>The number of rows written. Not tried again: it may have taken effect.</summary>
    public async Task<int> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            pool.Clear();
            throw Unavailable(exception);
        }
    }

    private async Task<List<TRow>> ReadOnceAsync<TRow>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        await using var connection = await pool.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<TRow>();
            while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
            return rows;
        }
        finally
        {
            // A parameter belongs to one command at a time, and a second try uses them again.
            command.Parameters.Clear();
        }
    }

    private static JournalUnavailableException Unavailable(Exception exception) => new("The database does not answer.", exception);
}
