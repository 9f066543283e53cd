namespace OrleansBilling.Runtime.Reports;

/// <summary>A ratio that keeps its numerator and denominator.</summary>
public readonly record struct Ratio(Int128 Numerator, Int128 Denominator)
{
    /// <summary>Null if the denominator is 0.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / (double)Denominator;
}
