namespace OrleansBilling.Runtime.Reports;

/// <summary>A ratio with what it is made of.</summary>
/// <param name="Numerator">What is divided.</param>
/// <param name="Denominator">By what.</param>
public readonly record struct Ratio(Int128 Numerator, Int128 Denominator)
{
    /// <summary>Null where the denominator is 0.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / (double)Denominator;
}
