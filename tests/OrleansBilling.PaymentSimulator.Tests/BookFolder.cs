using Microsoft.Data.Sqlite;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>A temporary folder for the book of one test.</summary>
internal sealed class BookFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("payment-simulator-");

    public string BookPath => Path.Combine(folder.FullName, "book", "payments.db");

    /// <summary>Runs SQL on the book behind the simulator's back; the connection keeps its locks until disposed.</summary>
    public SqliteConnection Execute(string sql)
    {
        var connection = new SqliteConnection($"Data Source={BookPath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return connection;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
