using NodaTime;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Instants as PostgreSQL keeps them: whole microseconds since 2000-01-01 UTC.</summary>
internal static class PostgresTime
{
    private static readonly Instant Epoch = Instant.FromUtc(2000, 1, 1, 0, 0);

    public static long ToMicroseconds(Instant instant) => (instant - Epoch).ToInt64Nanoseconds() / 1_000;

    public static Instant FromMicroseconds(long microseconds) => Epoch + Duration.FromTicks(microseconds * 10);
}
