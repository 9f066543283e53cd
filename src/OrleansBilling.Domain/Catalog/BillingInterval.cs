namespace OrleansBilling.Domain.Catalog;

/// <summary>The calendar unit in which a plan recurs.</summary>
public enum IntervalUnit
{
    /// <summary>Calendar days in the product's time zone.</summary>
    Day,

    /// <summary>Seven calendar days.</summary>
    Week,

    /// <summary>Calendar months. A day that the month lacks becomes its last day.</summary>
    Month,

    /// <summary>Calendar years; Feb 29 falls back to Feb 28.</summary>
    Year,
}

/// <param name="Count">Units in one period, at least 1.</param>
public readonly record struct BillingInterval(IntervalUnit Unit, int Count)
{
    /// <summary>The most units in one period, about ten years.</summary>
    public static int CountMax(IntervalUnit unit) => unit switch
    {
        IntervalUnit.Day => 3_660,
        IntervalUnit.Week => 520,
        IntervalUnit.Month => 120,
        IntervalUnit.Year => 10,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };
}
