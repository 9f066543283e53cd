using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// Keeps a process away from a primary that another one has replaced. Each promotion begins a timeline with a higher number. So a
/// server on a lower timeline than the highest seen is a primary of the past, even if it was started again and accepts writes.
/// </summary>
internal sealed class TimelineFence
{
    /// <summary>
    /// The timeline that a primary writes to, or 0 for a standby. Every role may ask. It is right from the promotion on, unlike that
    /// of the last checkpoint.
    /// </summary>
    public const string TimelineSql =
        """
        select case when pg_is_in_recovery() then 0
        else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer end
        """;

    private int highest;

    /// <summary>The highest timeline seen; 0 before the first.</summary>
    public int Highest => Volatile.Read(ref highest);

    /// <summary>Whether a primary on this timeline may be used. Remembers the timeline.</summary>
    public bool Admits(int timeline)
    {
        while (true)
        {
            var seen = Highest;
            if (timeline < seen) return false;
            if (timeline == seen || Interlocked.CompareExchange(ref highest, timeline, seen) == seen) return true;
        }
    }
}

/// <summary>A server claims to be the primary, but another one was promoted after it.</summary>
internal sealed class ReplacedPrimaryException(string server, int timeline, int highest)
    : NpgsqlException($"{server} is a primary of timeline {timeline}, but timeline {highest} has begun: it is not used.");
