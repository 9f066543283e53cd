using NodaTime;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>Instants on the wire: PostgreSQL counts microseconds from 2000-01-01 UTC. Business time is whole milliseconds.</summary>
internal static class PostgresTime
{
    private const long EpochMilliseconds = 946_684_800_000;

    public static long ToMicroseconds(Instant instant) => checked((instant.ToUnixTimeMilliseconds() - EpochMilliseconds) * 1_000);
}
