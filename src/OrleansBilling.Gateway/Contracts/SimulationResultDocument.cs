using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// The results of both runs and their difference. Figures cover only the subscriptions that were run. For a sample, multiply them by
/// <c>factor</c> to scale to the whole book.
/// </summary>
/// <param name="Sample">Which share of the book was run.</param>
/// <param name="CutShort">Subscriptions whose run ended early because they had too many steps.</param>
/// <param name="Start">The book when both runs started.</param>
/// <param name="Baseline">The run without changes.</param>
/// <param name="Changed">The run with the changes.</param>
/// <param name="Difference">Changed less baseline.</param>
internal sealed record SimulationResultDocument(
    SimulationSampleDocument Sample,
    long CutShort,
    ImmutableArray<SimulationStartDocument> Start,
    SimulationRunDocument Baseline,
    SimulationRunDocument Changed,
    SimulationRunDocument Difference)
{
    public static SimulationResultDocument From(SimulationResult result) => new(
        new SimulationSampleDocument(result.Taken, result.Of, SimulationFiguresDocument.Ratio(result.Of, result.Taken)),
        result.CutShort,
        [.. result.Currencies.Select(
            one => new SimulationStartDocument(one.Currency, one.Baseline.Start.RecurringRevenue, one.Baseline.Start.Current))],
        SimulationRunDocument.From(result, currency => currency.Baseline),
        SimulationRunDocument.From(result, currency => currency.Changed),
        SimulationRunDocument.Difference(result));
}

/// <summary>The share of the book that was run.</summary>
/// <param name="Taken">The number of subscriptions run.</param>
/// <param name="Of">The number of subscriptions in the book.</param>
/// <param name="Factor">Of ÷ taken; null if nothing was run.</param>
internal sealed record SimulationSampleDocument(long Taken, long Of, double? Factor);

/// <summary>The starting point of both runs, by currency.</summary>
/// <param name="Mrr">Monthly recurring revenue in minor units.</param>
/// <param name="Current">Subscribers.</param>
internal sealed record SimulationStartDocument(string Currency, Int128 Mrr, Int128 Current);

/// <summary>One run, or the difference of the two: by month and currency, and in total.</summary>
/// <param name="Months">By month and currency.</param>
/// <param name="Totals">By currency, over all months.</param>
internal sealed record SimulationRunDocument(
    ImmutableArray<SimulationFiguresDocument> Months, ImmutableArray<SimulationFiguresDocument> Totals)
{
    public static SimulationRunDocument From(SimulationResult result, Func<CurrencyFigures, RunFigures> run) =>
        Of(result, (currency, row) => FiguresOf(run(currency), row), currency => TotalOf(run(currency)));

    public static SimulationRunDocument Difference(SimulationResult result) => Of(
        result,
        (currency, row) => FiguresOf(currency.Changed, row).Minus(FiguresOf(currency.Baseline, row)),
        currency => TotalOf(currency.Changed).Minus(TotalOf(currency.Baseline)));

    private static SimulationRunDocument Of(
        SimulationResult result,
        Func<CurrencyFigures, int, SimulationFiguresDocument> figures, Func<CurrencyFigures, SimulationFiguresDocument> totals)
    {
        var months = result.Currencies.IsEmpty ? 0 : result.Currencies[0].Baseline.Months.Count;
        return new SimulationRunDocument(
            [
                .. from row in Enumerable.Range(0, months)
                   from currency in result.Currencies
                   select figures(currency, row) with { Month = row + 1, Currency = currency.Currency },
            ],
            [.. result.Currencies.Select(currency => totals(currency) with { Currency = currency.Currency })]);
    }

    private static SimulationFiguresDocument FiguresOf(RunFigures run, int row) =>
        SimulationFiguresDocument.From(run.Months[row], row == 0 ? run.Start : run.Months[row - 1]);

    private static SimulationFiguresDocument TotalOf(RunFigures run) => SimulationFiguresDocument.From(run.Total, run.Start);
}

/// <summary>
/// Figures of a month or of the whole run. <c>mrr</c> and <c>current</c> are as of its end, flows are within it. <c>churn_start</c> is
/// canceled ÷ current at its start, with six decimals; null if that is 0.
/// </summary>
internal sealed record SimulationFiguresDocument
{
    private const int Decimals = 6;

    /// <summary>Counted from 1; omitted in totals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Month { get; init; }

    public required string Currency { get; init; }

    /// <summary>Monthly recurring revenue at the end, in minor units.</summary>
    public required Int128 Mrr { get; init; }

    /// <summary>Subscribers at the end.</summary>
    public required Int128 Current { get; init; }

    /// <summary>Subscribers who canceled themselves.</summary>
    public required Int128 CanceledVoluntary { get; init; }

    /// <summary>Subscribers canceled after failed payments.</summary>
    public required Int128 CanceledInvoluntary { get; init; }

    /// <summary>Canceled ÷ current at the start, with six decimals; null if that is 0.</summary>
    public required double? ChurnStart { get; init; }

    /// <summary>How many invoices were issued.</summary>
    public required Int128 Invoices { get; init; }

    /// <summary>Their total in minor units.</summary>
    public required Int128 Invoiced { get; init; }

    /// <summary>Minor units collected.</summary>
    public required Int128 Collected { get; init; }

    public static SimulationFiguresDocument From(MonthFigures figures, MonthFigures before) => new()
    {
        Currency = "",
        Mrr = figures.RecurringRevenue,
        Current = figures.Current,
        CanceledVoluntary = figures.CanceledVoluntary,
        CanceledInvoluntary = figures.CanceledInvoluntary,
        ChurnStart = Ratio(figures.CanceledVoluntary + figures.CanceledInvoluntary, before.Current),
        Invoices = figures.Invoices,
        Invoiced = figures.Invoiced,
        Collected = figures.Collected,
    };

    public SimulationFiguresDocument Minus(SimulationFiguresDocument other) => new()
    {
        Currency = Currency,
        Mrr = Mrr - other.Mrr,
        Current = Current - other.Current,
        CanceledVoluntary = CanceledVoluntary - other.CanceledVoluntary,
        CanceledInvoluntary = CanceledInvoluntary - other.CanceledInvoluntary,
        ChurnStart = ChurnStart - other.ChurnStart is { } change ? Math.Round(change, Decimals) : null,
        Invoices = Invoices - other.Invoices,
        Invoiced = Invoiced - other.Invoiced,
        Collected = Collected - other.Collected,
    };

    public static double? Ratio(Int128 numerator, Int128 denominator) =>
        denominator == 0 ? null : Math.Round((double)numerator / (double)denominator, Decimals);
}
