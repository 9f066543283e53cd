using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// The servers of a connection string such as <c>Host=a:5432,b:5432</c>, each as a connection string of its own. Which of them is
/// the primary is found out by <see cref="PrimaryWatch"/>, so <c>Target Session Attributes</c> can only say so.
/// </summary>
public static class PostgresHosts
{
    private static readonly string?[] Targets = [null, "primary", "read-write"];

    /// <exception cref="ArgumentException">It is not a connection string, names no host, or does not ask for the primary.</exception>
    public static IReadOnlyList<string> Of(string connectionString)
    {
        var all = new NpgsqlConnectionStringBuilder(connectionString);
        if (!Targets.Contains(all.TargetSessionAttributes, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException("Target Session Attributes must be primary or read-write: commits need the primary.");
        all.TargetSessionAttributes = null;
        var hosts = (all.Host ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (hosts.Any(string.IsNullOrEmpty)) throw new ArgumentException("Host is missing, or one of several hosts is.");
        return [.. hosts.Select(host => new NpgsqlConnectionStringBuilder(all.ConnectionString) { Host = host }.ConnectionString)];
    }
}
