using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Whether counters are being recounted. One process owns the file, so it asks once and remembers.</summary>
internal sealed class SqliteRebuild
{
    private volatile bool isUnderWay;

    public SqliteRebuild(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select exists (select 1 from statistic_rebuild)";
        isUnderWay = (long)command.ExecuteScalar()! == 1;
    }

    public bool IsUnderWay => isUnderWay;

    public void End() => isUnderWay = false;
}
