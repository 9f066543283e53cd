namespace OrleansBilling.Runtime.WhatIf;

/// <summary>What a simulation counts. Money is minor units of one currency.</summary>
internal enum Figure
{
    /// <summary>Gauge: monthly recurring revenue of current subscriptions.</summary>
    RecurringRevenue,

    /// <summary>Gauge: subscribers.</summary>
    Current,

    CancelledVoluntary,

    CancelledInvoluntary,

    Invoices,

    Invoiced,

    Collected,
}

/// <summary>
/// Sums by month; row 0 is the beginning, row n the n-th month. Gauges are kept as changes. Integers only, so that the
/// order in which subscriptions are added changes nothing.
/// </summary>
internal sealed class Figures(int months)
{
    private const int Kinds = (int)Figure.Collected + 1;

    private readonly long[] values = new long[(months + 1) * Kinds];

    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    public void Add(int row, Figure figure, long value)
    {
        ref var sum = ref values[(row * Kinds) + (int)figure];
        sum = checked(sum + value);
    }

    /// <exception cref="OverflowException">A sum does not fit 64 bits.</exception>
    public void Add(Figures other)
    {
        for (var n = 0; n < values.Length; n++) values[n] = checked(values[n] + other.values[n]);
    }

    public void Clear() => Array.Clear(values);

    /// <summary>The beginning, then each month, gauges summed up to their ends.</summary>
    public MonthFigures[] Rows()
    {
        var rows = new MonthFigures[months + 1];
        var revenue = 0L;
        var current = 0L;
        for (var row = 0; row < rows.Length; row++)
        {
            revenue = checked(revenue + Of(row, Figure.RecurringRevenue));
            current += Of(row, Figure.Current);
            rows[row] = new MonthFigures(
                revenue, current, Of(row, Figure.CancelledVoluntary), Of(row, Figure.CancelledInvoluntary),
                Of(row, Figure.Invoices), Of(row, Figure.Invoiced), Of(row, Figure.Collected));
        }

        return rows;
    }

    private long Of(int row, Figure figure) => values[(row * Kinds) + (int)figure];
}
