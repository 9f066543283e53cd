using NodaTime;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>Instants in PostgreSQL's wire format: microseconds since 2000-01-01 UTC. Business time is in whole milliseconds.</summary>
internal static class PostgresTime
{
    private const long EpochMilliseconds = 946_684_800_000;

    public static long ToMicroseconds(Instant instant) => checked((instant.ToUnixTimeMilliseconds() - EpochMilliseconds) * 1_000);
}
