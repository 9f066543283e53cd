using Microsoft.Data.Sqlite;

namespace OrleansBilling.PaymentSimulator.Book;

internal static class BookFile
{
    /// <summary>The single writer's connection. Creates folder, file and tables if missing; every commit is synced to disk.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate, pooling: false);
        Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
        Execute(connection, Script("001_book.sql"));
        return connection;
    }

    /// <summary>A reader's connection. It sees what is committed and blocks nobody.</summary>
    public static SqliteConnection OpenForReading(string path) => Open(path, SqliteOpenMode.ReadOnly, pooling: true);

    private static SqliteConnection Open(string path, SqliteOpenMode mode, bool pooling)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = pooling }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Script(string name)
    {
        var assembly = typeof(BookFile).Assembly;
        using var stream = assembly.GetManifestResourceStream($"{typeof(BookFile).Namespace}.{name}")
            ?? throw new InvalidOperationException($"The script {name} is not part of {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
