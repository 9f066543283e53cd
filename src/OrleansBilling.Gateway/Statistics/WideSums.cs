namespace OrleansBilling.Gateway.Statistics;

/// <summary>Sums across subscriptions have 128 bits: 64 are full with a million subscriptions at the largest price.</summary>
internal static class WideSums
{
    public static Int128 Sum(this IEnumerable<Int128> values) => values.Aggregate(Int128.Zero, static (sum, value) => sum + value);

    public static Int128 Sum<T>(this IEnumerable<T> items, Func<T, Int128> value) => items.Select(value).Sum();
}
