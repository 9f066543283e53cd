using NodaTime;

namespace OrleansBilling.Storage.Usage;

/// <summary>The statements about usage keys, for both databases. Days are counted from 1970, in UTC.</summary>
internal static class UsageKeySql
{
    private const long SecondsOfDay = 86_400;

    public const string FindOld = "select subscription_id, key from usage_key where day < $1 order by day limit $2";

    public static int DayOf(Instant at) => checked((int)Math.Floor((double)at.ToUnixTimeSeconds() / SecondsOfDay));
}
