namespace OrleansBilling.Domain.Billing;

/// <summary>Equal parts of a price.</summary>
public static class Installments
{
    /// <summary>
    /// Part <paramref name="part"/>, counted from 1, of a total that is not negative; the last takes the remainder, so
    /// that parts sum to the total.
    /// </summary>
    public static long PartOf(long total, int parts, int part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        var each = total / parts;
        return part == parts ? total - (each * (parts - 1)) : each;
    }
}
