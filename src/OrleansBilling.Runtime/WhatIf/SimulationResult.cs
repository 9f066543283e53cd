using System.Collections.Immutable;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>The result of a simulation.</summary>
/// <param name="Taken">Subscriptions that were run.</param>
/// <param name="Of">Subscriptions in scope that had not ended; equal to those run, unless a sample was taken.</param>
/// <param name="CutShort">Subscriptions that took too many steps and were not run to the end.</param>
/// <param name="Currencies">The figures by currency, ordered by code.</param>
public sealed record SimulationResult(long Taken, long Of, long CutShort, ImmutableArray<CurrencyFigures> Currencies);

public sealed record CurrencyFigures(string Currency, RunFigures Baseline, RunFigures Changed);

/// <summary>The figures of one run.</summary>
/// <param name="Start">Gauges at the start; flows are zero.</param>
/// <param name="Months">Gauges at the end of each month, and flows within the month.</param>
/// <param name="Total">Gauges at the end of the run, and flows within the run.</param>
public sealed record RunFigures(MonthFigures Start, IReadOnlyList<MonthFigures> Months, MonthFigures Total)
{
    internal static RunFigures Of(Figures figures)
    {
        var rows = figures.Rows();
        var total = rows[0];
        foreach (var month in rows[1..]) total = month + (total with { RecurringRevenue = 0, Current = 0 });
        return new RunFigures(rows[0], rows[1..], total);
    }
}

/// <summary>The figures of one month. Money is in minor units.</summary>
/// <param name="RecurringRevenue">Gauge: monthly recurring revenue, as the statistics measure it.</param>
/// <param name="Current">Gauge: subscribers, as the statistics count them.</param>
/// <param name="CanceledVoluntary">Subscribers canceled by a customer, a seller or an administrator.</param>
/// <param name="CanceledInvoluntary">Subscribers canceled by the system.</param>
/// <param name="Invoices">Invoices issued.</param>
/// <param name="Invoiced">The sum of the invoices' totals.</param>
/// <param name="Collected">Money collected.</param>
public readonly record struct MonthFigures(
    Int128 RecurringRevenue, Int128 Current, Int128 CanceledVoluntary, Int128 CanceledInvoluntary, Int128 Invoices, Int128 Invoiced,
    Int128 Collected)
{
    public static MonthFigures operator +(MonthFigures a, MonthFigures b) => new(
        a.RecurringRevenue + b.RecurringRevenue, a.Current + b.Current, a.CanceledVoluntary + b.CanceledVoluntary,
        a.CanceledInvoluntary + b.CanceledInvoluntary, a.Invoices + b.Invoices, a.Invoiced + b.Invoiced, a.Collected + b.Collected);

    public static MonthFigures operator -(MonthFigures a, MonthFigures b) => new(
        a.RecurringRevenue - b.RecurringRevenue, a.Current - b.Current, a.CanceledVoluntary - b.CanceledVoluntary,
        a.CanceledInvoluntary - b.CanceledInvoluntary, a.Invoices - b.Invoices, a.Invoiced - b.Invoiced, a.Collected - b.Collected);
}
