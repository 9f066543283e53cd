using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>One connection and the statements that were prepared on it, kept by their text. For one user at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>All statements together are fewer, save for the filters of the directory.</summary>
    private const int PreparedMax = 128;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    /// <summary>All rows of a query. Parameters are named $1, $2 and so on.</summary>
    public List<TRow> Read<TRow>(string sql, ReadOnlySpan<object?> values, Func<SqliteDataReader, TRow> read) =>
        ReadSome(sql, values, reader =>
        {
            var rows = new List<TRow>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        });

    /// <summary>What is made of a query's rows, of which no more are read than are asked for.</summary>
    public TResult ReadSome<TResult>(string sql, ReadOnlySpan<object?> values, Func<SqliteDataReader, TResult> readAll)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return readAll(reader);
    }

    /// <summary>The number of rows written.</summary>
    public int Write(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Whether a transaction is open on the connection.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Does several writes as one.</summary>
    public TResult WriteAsOne<TResult>(Func<SqliteStatements, TResult> write)
    {
        // A roll-back that itself failed, on a full disk, must not stand in the way for ever.
        RollBack();
        Write("begin immediate");
        try
        {
            var result = write(this);
            Write("commit");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Undoes the open transaction, if there is one: some failures end it by themselves.</summary>
    public void RollBack()
    {
        if (InTransaction) Write("rollback");
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command)) command = Prepare(sql, values.Length);
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        if (prepared.Count == PreparedMax) Forget();
        var command = new SqliteCommand(sql, connection);
        for (var number = 1; number <= parameters; number++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${number}" });
        prepared.Add(sql, command);
        return command;
    }

    private void Forget()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }
}
