using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Migrates the schema. Applies each numbered script that the file has not seen, in its own transaction.</summary>
internal static partial class SqliteSchema
{
    private const string VersionTableSql =
        "create table if not exists schema_version (version integer primary key, name text not null) strict";

    public static void Apply(SqliteConnection connection, ILogger logger)
    {
        Execute(VersionTableSql, connection);
        var applied = ReadVersion(connection);
        var scripts = EmbeddedSql.ReadScripts("Sqlite");
        SchemaVersionException.ThrowIfNewer(applied, applied, scripts);
        foreach (var (number, name, text) in scripts)
        {
            if (number <= applied) continue;
            using var transaction = connection.BeginTransaction();
            Execute(text, connection);
            Execute($"insert into schema_version (version, name) values ({number.ToString(CultureInfo.InvariantCulture)}, '{name}')",
                connection);
            transaction.Commit();
            LogApplied(logger, name);
        }
    }

    private static long ReadVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select coalesce(max(version), 0) from schema_version";
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(string sql, SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema script {Script}.")]
    private static partial void LogApplied(ILogger logger, string script);
}
