using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// The database file and its lock. SQLite itself would admit several processes, and each would then wake the same due subscriptions.
/// So the storage holds a lock file for as long as it is open, and a second process is refused.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const string WriterSettings =
        """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma cache_size = -65536;
        pragma wal_autocheckpoint = 4000;
        pragma temp_store = memory;
        """;

    private const string ReaderSettings =
        """
        pragma query_only = on;
        pragma cache_size = -16384;
        pragma temp_store = memory;
        """;

    private readonly SqliteStorageOptions options;
    private readonly FileStream heldLock;

    /// <exception cref="IOException">Another process has the file open, or the folder cannot be written.</exception>
    public SqliteFile(SqliteStorageOptions options)
    {
        this.options = options;
        var path = Path.GetFullPath(options.Path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            heldLock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The database file '{path}' is in use by another process; one process at a time may open it.", exception);
        }
    }

    public SqliteConnection OpenWriter() => Open(WriterSettings);

    public SqliteConnection OpenReader() => Open(ReaderSettings);

    /// <summary>Reads every page and reports the first 10 findings.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static void CheckPages(SqliteConnection connection)
    {
        var findings = new List<string>();
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "pragma quick_check(10)";
            using var reader = command.ExecuteReader();
            while (reader.Read()) findings.Add(reader.GetString(0));
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode == SqliteFaults.Corrupt)
        {
            // Too damaged to read to the end.
            findings.Add(damage.Message);
        }

        if (findings is not ["ok"])
            throw new InvalidDataException($"The database file is damaged; restore a backup. {string.Join("; ", findings)}");
    }

    public void Dispose() => heldLock.Dispose();

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(options.Path),
            Pooling = false,
            DefaultTimeout = (int)options.BusyTimeout.TotalSeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
