using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Whether something is being derived anew from the events: there is a row in a table meanwhile. One process owns the file, so it asks
/// once and remembers.
/// </summary>
internal sealed class SqliteRebuild
{
    private volatile bool isUnderWay;

    private SqliteRebuild(bool isUnderWay) => this.isUnderWay = isUnderWay;

    public bool IsUnderWay => isUnderWay;

    public static SqliteRebuild OfStatistics(SqliteConnection connection) => Read(connection, "statistic_rebuild");

    public static SqliteRebuild OfFeed(SqliteConnection connection) => Read(connection, "feed_gap");

    /// <summary>To be called before the row is written: a batch until then counts its events, and they are dropped with the rest.</summary>
    public void Begin() => isUnderWay = true;

    public void End() => isUnderWay = false;

    private static SqliteRebuild Read(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select exists (select 1 from {table})";
        return new SqliteRebuild((long)command.ExecuteScalar()! == 1);
    }
}
