using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// What happens on each new connection, in one round trip. The server is told to end the session soon if this process is gone or
/// cut off, so that others do not wait for its locks. And of several servers, a primary that was replaced is not used.
/// </summary>
/// <param name="fence">Null if there is one server: then nobody can replace it, whatever its timeline.</param>
internal sealed class SessionSetup(TimelineFence? fence)
{
    /// <summary>
    /// A lost peer is noticed within ten seconds. No transaction of ours waits for anything but the database. And no statement is
    /// compiled: that takes the server half a second, at each execution, for statements that then run for a millisecond.
    /// </summary>
    internal const string SettingsSql =
        """
        set tcp_keepalives_idle = 4;
        set tcp_keepalives_interval = 2;
        set tcp_keepalives_count = 3;
        set tcp_user_timeout = '10s';
        set idle_in_transaction_session_timeout = '10s';
        set jit = off;
        """;

    /// <summary>A server that takes a connection but does not answer on it counts as unreachable.</summary>
    private const int SecondsMax = 2;

    public void AddTo(NpgsqlDataSourceBuilder source) => source.UsePhysicalConnectionInitializer(Run, RunAsync);

    private void Run(NpgsqlConnection connection)
    {
        using var command = Command(connection);
        Check(connection, command.ExecuteScalar());
    }

    private async Task RunAsync(NpgsqlConnection connection)
    {
        await using var command = Command(connection);
        Check(connection, await command.ExecuteScalarAsync());
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection) =>
        new(SettingsSql + TimelineFence.TimelineSql, connection) { CommandTimeout = SecondsMax };

    private void Check(NpgsqlConnection connection, object? answer)
    {
        // A standby is refused by its own writes, and a promoted one ends no connection.
        var timeline = (int)answer!;
        if (fence is not null && timeline != 0 && !fence.Admits(timeline))
            throw new ReplacedPrimaryException($"{connection.Host}:{connection.Port}", timeline, fence.Highest);
    }
}
