using Microsoft.Data.Sqlite;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>
/// Sums that may exceed 64 bits, stored in two integer columns: high × 10^18 + low. Every step of the SQL arithmetic stays within 64
/// bits whatever the low column holds, so sums from before the high column existed add up too.
/// </summary>
internal static class SqliteWide
{
    private const long Unit = 1_000_000_000_000_000_000;
    private const string UnitSql = "1000000000000000000";
    private const string RootSql = "1000000000";

    /// <summary>Splits a sum into its two parts. Both have its sign.</summary>
    public static (long Low, long High) Split(Int128 sum) =>
        sum > -Unit && sum < Unit ? ((long)sum, 0) : ((long)(sum % Unit), (long)(sum / Unit));

    /// <summary>The SQL assignments that add to the column <paramref name="name"/>; low and high are SQL expressions.</summary>
    public static string Add(string name, string low, string high) =>
        $"""
        {name}_high = {name}_high + {high} + {name} / {UnitSql} + ({name} % {UnitSql} + {low}) / {UnitSql},
        {name} = ({name} % {UnitSql} + {low}) % {UnitSql}
        """;

    /// <summary>The SQL columns that sum up the column <paramref name="name"/>, for <see cref="Read"/>.</summary>
    public static string Sum(string name) => $"sum({name}_high) as high, sum({name} / {RootSql}) as middle, sum({name} % {RootSql}) as low";

    /// <summary>Converts the columns of <see cref="Sum"/> to low and high, in SQL.</summary>
    public static string Parts =>
        $"(middle + low / {RootSql}) % {RootSql} * {RootSql} + low % {RootSql}, high + (middle + low / {RootSql}) / {RootSql}";

    /// <summary>Reads the three columns of <see cref="Sum"/>, beginning at <paramref name="column"/>.</summary>
    public static Int128 Read(SqliteDataReader reader, int column) =>
        ((Int128)reader.GetInt64(column) * Unit) + ((Int128)reader.GetInt64(column + 1) * 1_000_000_000) + reader.GetInt64(column + 2);

    /// <summary>Reads a sum from its low and high columns.</summary>
    public static Int128 ReadParts(SqliteDataReader reader, int column) =>
        ((Int128)reader.GetInt64(column + 1) * Unit) + reader.GetInt64(column);
}
