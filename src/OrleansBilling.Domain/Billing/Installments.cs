namespace OrleansBilling.Domain.Billing;

/// <summary>Splits a price into equal parts.</summary>
public static class Installments
{
    /// <summary>
    /// Part <paramref name="part"/>, counted from 1, of a non-negative total. The last part takes the remainder, so the parts
    /// sum to the total.
    /// </summary>
    public static long PartOf(long total, int parts, int part)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        var each = total / parts;
        return part == parts ? total - (each * (parts - 1)) : each;
    }
}
