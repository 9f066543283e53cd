using Microsoft.Data.Sqlite;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>A statement that is prepared once and run with different values. Values are positional, starting with $1.</summary>
internal sealed class BookStatement : IDisposable
{
    private readonly SqliteCommand command;

    public BookStatement(SqliteConnection connection, string sql, int values)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var n = 1; n <= values; n++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${n}", Value = DBNull.Value });
    }

    /// <summary>The first row; null if there is none.</summary>
    public T? ReadFirst<T>(SqliteTransaction transaction, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        Bind(transaction, values);
        using var rows = command.ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    /// <exception cref="InvalidOperationException">It changed no row or several, so the book is not as the rules expect.</exception>
    public void ChangeOne(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        var changed = command.ExecuteNonQuery();
        if (changed != 1) throw new InvalidOperationException($"{changed} rows changed instead of one by: {command.CommandText}");
    }

    public void Dispose() => command.Dispose();

    private void Bind(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var n = 0; n < values.Length; n++) command.Parameters[n].Value = values[n] ?? DBNull.Value;
    }
}
