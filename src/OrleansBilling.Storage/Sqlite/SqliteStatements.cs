using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it, cached by their text. For one caller at a time.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>More than all statements together, apart from the directory's filter combinations.</summary>
    private const int PreparedMax = 128;

    private readonly Dictionary<string, SqliteCommand> prepared = [];

    /// <summary>Reads all rows of a query. Parameters are named $1, $2 and so on.</summary>
    public List<TRow> Read<TRow>(string sql, ReadOnlySpan<object?> values, Func<SqliteDataReader, TRow> read) =>
        ReadSome(sql, values, reader =>
        {
            var rows = new List<TRow>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        });

    /// <summary>Reads the rows of a query as far as <paramref name="readAll"/> asks for them, and returns its result.</summary>
    public TResult ReadSome<TResult>(string sql, ReadOnlySpan<object?> values, Func<SqliteDataReader, TResult> readAll)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return readAll(reader);
    }

    /// <summary>Returns the number of rows written.</summary>
    public int Write(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs several writes in one transaction.</summary>
    public TResult WriteAsOne<TResult>(Func<SqliteStatements, TResult> write)
    {
        // An earlier rollback may have failed on a full disk; it must not block this connection forever.
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

    /// <summary>Rolls back the open transaction, if any: some failures end it by themselves.</summary>
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
