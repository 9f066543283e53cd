using Npgsql;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Runs statements on the small pool. If the database does not answer, calls throw <see cref="JournalUnavailableException"/>. Any
/// other exception is a bug and passes through unchanged.
/// </summary>
internal sealed class PooledCalls(PostgresConnections connections, PostgresStorageOptions options, TimeProvider time)
{
    private readonly PatientWrites writes = new(options, time);

    /// <summary>
    /// Reads all rows of a query. A pooled connection that the server has closed is not an outage, so a failed read is retried once on a
    /// new connection; so is one whose server is no longer the primary.
    /// </summary>
    public async Task<List<TRow>> ReadAsync<TRow>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var term = connections.Term;
        try
        {
            return await ReadOnceAsync(term, sql, parameters, read, cancellationToken);
        }
        catch (Exception exception) when (IsLost(exception, cancellationToken))
        {
            term.Server.Pool.Clear();
        }

        try
        {
            return await ReadOnceAsync(connections.Term, sql, parameters, read, cancellationToken);
        }
        catch (Exception exception) when (IsLost(exception, cancellationToken))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Returns the number of rows written. Never retried: the write may have taken effect.</summary>
    public Task<int> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        OnceAsync((connection, ends) => ExecuteAsync(connection, sql, parameters, ends), cancellationToken);

    /// <summary>Returns the rows that a write answers with. Never retried: the write may have taken effect.</summary>
    public Task<List<TRow>> WriteAsync<TRow>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken) =>
        OnceAsync((connection, ends) => RowsAsync(connection, sql, parameters, read, ends), cancellationToken);

    /// <summary>
    /// Like <see cref="WriteAsync{TRow}"/>, but first takes a lock in the same transaction and round trip. The write then sees everything
    /// that earlier lock holders wrote.
    /// </summary>
    public Task<List<TRow>> WriteLockedAsync<TRow>(
        string lockSql, NpgsqlParameter[] lockParameters, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read,
        CancellationToken cancellationToken) =>
        OnceAsync(
            async (connection, ends) =>
            {
                await using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands = { Statement(lockSql, lockParameters), Statement(sql, parameters) },
                };
                await using var reader = await batch.ExecuteReaderAsync(ends);
                await reader.NextResultAsync(ends);
                return await ReadToEndAsync(reader, read, ends);
            },
            cancellationToken);

    /// <summary>Runs several statements in one transaction. Never retried: they may have taken effect.</summary>
    public Task<TResult> InTransactionAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken) =>
        OnceAsync(
            async (connection, ends) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(ends);
                var result = await work(connection, ends);
                await transaction.CommitAsync(ends);
                return result;
            },
            cancellationToken);

    /// <summary>
    /// Runs a call on a pooled connection. Never retried: it may have taken effect. The call gets the only token that may cancel its
    /// statements.
    /// </summary>
    public async Task<TResult> OnceAsync<TResult>(
        Func<NpgsqlConnection, CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        var term = connections.Term;
        try
        {
            return await writes.RunAsync(term, call, cancellationToken);
        }
        catch (Exception exception) when (PostgresFaults.IsUnavailable(exception))
        {
            term.Server.Pool.Clear();
            throw Unavailable(exception);
        }
    }

    /// <summary>Returns the number of rows written on a connection that is already open, for example in a transaction.</summary>
    public static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows on a connection that is already open, for example in a transaction.</summary>
    public static async Task<List<TRow>> RowsAsync<TRow>(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadToEndAsync(reader, read, cancellationToken);
    }

    private async Task<List<TRow>> ReadOnceAsync<TRow>(
        PrimaryTerm term, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, TRow> read,
        CancellationToken asked)
    {
        using var late = new CancellationTokenSource(options.CommandTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, late.Token);
        using var end = new TermEnd(term, either.Token);
        var cancellationToken = end.Token;
        await using var connection = await term.Server.Pool.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await ReadToEndAsync(reader, read, cancellationToken);
        }
        finally
        {
            // A parameter belongs to one command at a time, and a retry reuses it.
            command.Parameters.Clear();
        }
    }

    /// <summary>Reads the rows of the last result. A write is durable only once the reader reaches the end without an error.</summary>
    private static async Task<List<TRow>> ReadToEndAsync<TRow>(
        NpgsqlDataReader reader, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellationToken)
    {
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        await reader.NextResultAsync(cancellationToken);
        return rows;
    }

    private static NpgsqlBatchCommand Statement(string sql, NpgsqlParameter[] parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) statement.Parameters.Add(parameter);
        return statement;
    }

    /// <summary>Whether a read failed for a reason other than its text or its caller.</summary>
    private static bool IsLost(Exception exception, CancellationToken asked) =>
        PostgresFaults.IsUnavailable(exception) || (exception is OperationCanceledException && !asked.IsCancellationRequested);

    private static JournalUnavailableException Unavailable(Exception exception) => new("The database does not answer.", exception);
}
