namespace OrleansBilling.Runtime.Reports;

/// <summary>Sums across subscriptions have 128 bits: 64 are full with a million subscriptions at the largest price.</summary>
public static class WideSums
{
    /// <summary>The sum.</summary>
    public static Int128 Sum(this IEnumerable<Int128> values) => values.Aggregate(Int128.Zero, static (sum, value) => sum + value);

    /// <summary>The sum of what items have.</summary>
    public static Int128 Sum<T>(this IEnumerable<T> items, Func<T, Int128> value) => items.Select(value).Sum();

    /// <summary>The mean amount of at least one, rounded once, half away from zero.</summary>
    public static Int128 Mean(Int128 sum, Int128 count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var doubled = (Int128.Abs(sum) * 2) + count;
        var rounded = doubled / (count * 2);
        return sum < 0 ? -rounded : rounded;
    }
}
