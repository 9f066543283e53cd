namespace OrleansBilling.Runtime.Reports;

/// <summary>Sums over many subscriptions. They use 128 bits because a million subscriptions at the largest price exhaust 64 bits.</summary>
public static class WideSums
{
    public static Int128 Sum(this IEnumerable<Int128> values) => values.Aggregate(Int128.Zero, static (sum, value) => sum + value);

    public static Int128 Sum<T>(this IEnumerable<T> items, Func<T, Int128> value) => items.Select(value).Sum();

    /// <summary>The mean, rounded once, half away from zero. The count must be at least 1.</summary>
    public static Int128 Mean(Int128 sum, Int128 count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var doubled = (Int128.Abs(sum) * 2) + count;
        var rounded = doubled / (count * 2);
        return sum < 0 ? -rounded : rounded;
    }
}
