using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Partitions;

/// <summary>
/// Which partitions this process pumps. The 1,024 partitions form 16 groups; a group belongs to whoever holds its
/// session-level advisory lock. Every process also holds a shared "member" lock, so that the number of members is the
/// number of its holders, and each takes a fair share: at most 16 divided by members, rounded up.
/// <para>
/// One dedicated connection holds the locks. When it dies, PostgreSQL releases them by itself and others take them over.
/// Locks are for economy only: a subscription that is woken twice changes nothing, by the version check.
/// </para>
/// </summary>
public sealed partial class PartitionLocks : IAsyncDisposable
{
    /// <summary>Groups of partitions; the most processes among which due work is divided.</summary>
    public const int GroupCount = 16;

    /// <summary>Partitions in a group.</summary>
    internal const int PartitionsPerGroup = SubscriptionHash.PartitionCount / GroupCount;

    /// <summary>The group to which a subscription belongs.</summary>
    internal static int GroupOf(string subscriptionId) => SubscriptionHash.PartitionOf(SubscriptionHash.Of(subscriptionId)) / PartitionsPerGroup;

    /// <summary>
    /// The session holds the locks: when this machine is lost without a word, the server must notice within seconds, not
    /// after the hours that TCP waits by itself.
    /// </summary>
    private const string SessionSettings =
        """
        set tcp_keepalives_idle = 5;
        set tcp_keepalives_interval = 2;
        set tcp_keepalives_count = 3;
        set tcp_user_timeout = 15000;
        """;

    private const string JoinSql = "select pg_advisory_lock_shared($1, $2)";
    private const string TakeSql = "select pg_try_advisory_lock($1, $2)";
    private const string ReleaseSql = "select pg_advisory_unlock($1, $2)";

    /// <summary>Object id and holder count of every lock in the space, of this database.</summary>
    private const string HeldSql =
        """
        select objid::integer, count(*)::integer from pg_locks
        where locktype = 'advisory' and granted and objsubid = 2 and classid = $1::integer::oid
          and database = (select oid from pg_database where datname = current_database())
        group by objid
        """;

    private readonly PostgresConnections connections;
    private readonly ILogger<PartitionLocks> logger;
    private readonly SemaphoreSlim turn = new(1);
    private NpgsqlConnection? connection;
    private ImmutableArray<int> owned = [];
    private bool failing;

    internal PartitionLocks(PostgresConnections connections, ILogger<PartitionLocks> logger)
    {
        this.connections = connections;
        this.logger = logger;
    }

    /// <summary>The groups that this process pumps at present, 0 to 15, in order.</summary>
    public ImmutableArray<int> Owned
    {
        get
        {
            lock (turn) return owned;
        }
    }

    /// <summary>
    /// Counts the members, gives back what is beyond the fair share and takes free groups up to it. Does not throw for a
    /// broken database: then nothing is owned until a later call succeeds.
    /// </summary>
    public async Task RebalanceAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await RebalanceInTurnAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RebalanceInTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            connection ??= await JoinAsync(cancellationToken);
            var held = await ReadHeldAsync(connection, cancellationToken);
            var members = Math.Max(1, held.GetValueOrDefault(AdvisoryLocks.Member));
            var share = (GroupCount + members - 1) / members;
            while (owned.Length > share) await ReleaseAsync(owned[^1], connection, cancellationToken);
            for (var group = 0; group < GroupCount && owned.Length < share; group++)
            {
                if (!held.ContainsKey(AdvisoryLocks.FirstGroup + group)) await TakeAsync(group, connection, cancellationToken);
            }

            failing = false;
        }
        catch (Exception exception)
        {
            // Which locks the session holds is no longer known, so it is given up, and all of them with it.
            await LeaveAsync();
            if (exception is OperationCanceledException) throw;
            if (!failing) LogLost(exception);
            failing = true;
        }
    }

    private async Task<NpgsqlConnection> JoinAsync(CancellationToken cancellationToken)
    {
        var opened = await connections.Dedicated.OpenConnectionAsync(cancellationToken);
        try
        {
            await using (var settings = new NpgsqlCommand(SessionSettings, opened)) await settings.ExecuteNonQueryAsync(cancellationToken);
            await using var join = Command(JoinSql, AdvisoryLocks.Member, opened);
            await join.ExecuteNonQueryAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private static async Task<Dictionary<int, int>> ReadHeldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(HeldSql, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AdvisoryLocks.Space });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var held = new Dictionary<int, int>();
        while (await reader.ReadAsync(cancellationToken)) held.Add(reader.GetInt32(0), reader.GetInt32(1));
        return held;
    }

    private async Task TakeAsync(int group, NpgsqlConnection holder, CancellationToken cancellationToken)
    {
        await using var command = Command(TakeSql, AdvisoryLocks.FirstGroup + group, holder);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true) return;
        Set(owned.Add(group).Sort());
        LogTaken(group);
    }

    private async Task ReleaseAsync(int group, NpgsqlConnection holder, CancellationToken cancellationToken)
    {
        // Given up in memory first: between the two steps nobody pumps the group, rather than two.
        Set(owned.Remove(group));
        await using var command = Command(ReleaseSql, AdvisoryLocks.FirstGroup + group, holder);
        await command.ExecuteNonQueryAsync(cancellationToken);
        LogReleased(group);
    }

    private async Task LeaveAsync()
    {
        Set([]);
        if (connection is null) return;
        await connection.DisposeAsync();
        connection = null;
    }

    private void Set(ImmutableArray<int> groups)
    {
        lock (turn) owned = groups;
    }

    private static NpgsqlCommand Command(string sql, int key, NpgsqlConnection connection) => new(sql, connection)
    {
        Parameters = { new NpgsqlParameter<int> { TypedValue = AdvisoryLocks.Space }, new NpgsqlParameter<int> { TypedValue = key } },
    };

    /// <summary>Closes the connection, and with it gives up all locks.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync(CancellationToken.None);
        await LeaveAsync();
        turn.Dispose();
    }
}
