using System.Data.Common;
using System.Globalization;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Usage;

/// <summary>
/// The statements about usage keys, for both databases. Days are counted from 1970, in UTC. The floor of usage is a setting, in
/// milliseconds from 1970; it only rises.
/// </summary>
internal static class UsageKeySql
{
    private const long SecondsOfDay = 86_400;

    public const string FindOld = "select subscription_id, key from usage_key where day < $1 order by day limit $2";

    /// <summary>Raises the floor to $1, on both databases.</summary>
    public const string RaiseFloor =
        $"""
        insert into setting (name, value) values ('{Floor}', $1)
        on conflict (name) do update set value = excluded.value where cast(setting.value as bigint) < cast(excluded.value as bigint)
        """;

    /// <summary>A row of the floor without a key, for a statement that finds keys: what it sees is of one moment.</summary>
    public const string OrFloor = $"union all select null, value from setting where name = '{Floor}'";

    private const string Floor = "usage_floor";

    public static string TextOf(Instant floor) => floor.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public static (string? Key, string? Floor) RowOf(DbDataReader reader) =>
        reader.IsDBNull(0) ? (null, reader.GetString(1)) : (reader.GetString(0), null);

    /// <summary>What rows of keys, and at most one of the floor, say.</summary>
    public static KnownUsage Read(IReadOnlyList<(string? Key, string? Floor)> rows)
    {
        var keys = new HashSet<string>(rows.Count, StringComparer.Ordinal);
        Instant? floor = null;
        foreach (var row in rows)
        {
            if (row.Key is { } key) keys.Add(key);
            else floor = Instant.FromUnixTimeMilliseconds(long.Parse(row.Floor!, CultureInfo.InvariantCulture));
        }

        return new KnownUsage(keys, floor);
    }

    public static int DayOf(Instant at) => checked((int)Math.Floor((double)at.ToUnixTimeSeconds() / SecondsOfDay));
}
