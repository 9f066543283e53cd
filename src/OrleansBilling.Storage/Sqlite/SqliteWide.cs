using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums that 64 bits may not hold, as two integer columns: high × 10^18 + low. Every step of the arithmetic in SQL stays
/// within 64 bits, whatever 64 bits the low column holds, so that also sums from before the high column add up.
/// </summary>
internal static class SqliteWide
{
    private const long Unit = 1_000_000_000_000_000_000;
    private const string UnitSql = "1000000000000000000";
    private const string RootSql = "1000000000";

    /// <summary>A sum in its two parts; both have its sign.</summary>
    public static (long Low, long High) Split(Int128 sum) =>
        sum > -Unit && sum < Unit ? ((long)sum, 0) : ((long)(sum % Unit), (long)(sum / Unit));

    /// <summary>The assignments of an update that adds to the column <paramref name="name"/>; low and high are SQL.</summary>
    public static string Add(string name, string low, string high) =>
        $"""
        {name}_high = {name}_high + {high} + {name} / {UnitSql} + ({name} % {UnitSql} + {low}) / {UnitSql},
        {name} = ({name} % {UnitSql} + {low}) % {UnitSql}
        """;

    /// <summary>The columns that sum up the column <paramref name="name"/>, to be read by <see cref="Read"/>.</summary>
    public static string Sum(string name) => $"sum({name}_high) as high, sum({name} / {RootSql}) as middle, sum({name} % {RootSql}) as low";

    /// <summary>From the columns of <see cref="Sum"/>: low, then high.</summary>
    public static string Parts =>
        $"(middle + low / {RootSql}) % {RootSql} * {RootSql} + low % {RootSql}, high + (middle + low / {RootSql}) / {RootSql}";

    /// <summary>What <see cref="Sum"/> found, from that column on.</summary>
    public static Int128 Read(SqliteDataReader reader, int column) =>
        ((Int128)reader.GetInt64(column) * Unit) + ((Int128)reader.GetInt64(column + 1) * 1_000_000_000) + reader.GetInt64(column + 2);

    /// <summary>A sum from its two columns, low and high.</summary>
    public static Int128 ReadParts(SqliteDataReader reader, int column) =>
        ((Int128)reader.GetInt64(column + 1) * Unit) + reader.GetInt64(column);
}
