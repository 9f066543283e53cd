namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The figures of a simulation. Money is in minor units of one currency.</summary>
internal enum Figure
{
    /// <summary>Gauge: monthly recurring revenue of current subscriptions.</summary>
    RecurringRevenue,

    /// <summary>Gauge: subscribers.</summary>
    Current,

    CanceledVoluntary,

    CanceledInvoluntary,

    Invoices,

    Invoiced,

    Collected,
}

/// <summary>
/// Sums by month: row 0 is the start, row n is month n. Gauges are stored as changes. All sums are integers, so the
/// order of additions does not matter, and have 128 bits, so no book is too large.
/// </summary>
internal sealed class Figures(int months)
{
    private const int Kinds = (int)Figure.Collected + 1;

    private readonly Int128[] values = new Int128[(months + 1) * Kinds];

    public void Add(int row, Figure figure, long value) => values[(row * Kinds) + (int)figure] += value;

    public void Add(Figures other)
    {
        for (var n = 0; n < values.Length; n++) values[n] += other.values[n];
    }

    public void Clear() => Array.Clear(values);

    /// <summary>The start, then each month; gauges are summed up to the end of each.</summary>
    public MonthFigures[] Rows()
    {
        var rows = new MonthFigures[months + 1];
        var revenue = Int128.Zero;
        var current = Int128.Zero;
        for (var row = 0; row < rows.Length; row++)
        {
            revenue += Of(row, Figure.RecurringRevenue);
            current += Of(row, Figure.Current);
            rows[row] = new MonthFigures(
                revenue, current, Of(row, Figure.CanceledVoluntary), Of(row, Figure.CanceledInvoluntary),
                Of(row, Figure.Invoices), Of(row, Figure.Invoiced), Of(row, Figure.Collected));
        }

        return rows;
    }

    private Int128 Of(int row, Figure figure) => values[(row * Kinds) + (int)figure];
}
