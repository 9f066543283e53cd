using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>A server that may be the primary, and what it said last.</summary>
internal sealed class Candidate(HostConnections server, TimeProvider time)
{
    /// <summary>A server that does not answer in this time is passed over.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource probe = server.OpenProbe();
    private Task<int>? asked;
    private bool isReplaced;

    public HostConnections Server { get; } = server;

    /// <summary>The timeline that it writes to as a primary; 0 if it is a standby or does not answer.</summary>
    public int Timeline { get; private set; }

    /// <summary>Its answer in words.</summary>
    public string Reason { get; private set; } = "not asked";

    /// <summary>
    /// Asks once. Does not wait for Npgsql to give a question up, because that tries to tell the server, which may hang. The next
    /// question waits for that, though, so that they do not pile up.
    /// </summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (asked is null or { IsCompleted: true }) asked = ReadAsync();
            Timeline = await asked.WaitAsync(AnswerMax, time, cancellationToken);
            Reason = Timeline == 0 ? "a standby" : "a primary";
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            Timeline = 0;
            Reason = e.Message;
        }
    }

    /// <summary>Whether it has begun to claim a timeline that has ended. True once for each time that it begins.</summary>
    public bool IsNewlyReplacedBy(int highest)
    {
        var before = isReplaced;
        isReplaced = Timeline > 0 && Timeline < highest;
        return isReplaced && !before;
    }

    private async Task<int> ReadAsync()
    {
        await using var command = probe.CreateCommand(TimelineFence.TimelineSql);
        return (int)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
