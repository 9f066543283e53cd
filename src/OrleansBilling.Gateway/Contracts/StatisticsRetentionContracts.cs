using System.Collections.Immutable;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The subscriptions that started in one calendar month, and how many remained at the end of each month since.</summary>
/// <param name="Month">The month of start.</param>
/// <param name="Joined">How many of them became subscribers for the first time, up to the last day of the range.</param>
/// <param name="Retained">How many remained, from the month of start on, oldest first.</param>
internal sealed record CohortDocument(string Month, Int128 Joined, ImmutableArray<RetainedDocument> Retained)
{
    public static CohortDocument Of(Cohort cohort) =>
        new(cohort.Month.Month, cohort.Joined, [.. cohort.Retained.Select(RetainedDocument.Of)]);
}

/// <summary>How many of a cohort remained at the end of a month. The last month is cut to the last day of the range.</summary>
/// <param name="Age">Months since the month of start.</param>
/// <param name="Count">Remaining subscribers.</param>
/// <param name="Completed">Those whose fixed term had run out by then. They do not count as having left.</param>
/// <param name="Rate">Count ÷ joined; null if nobody joined.</param>
internal sealed record RetainedDocument(string Month, int Age, Int128 Count, Int128 Completed, double? Rate)
{
    public static RetainedDocument Of(CohortMonth month) =>
        new(month.Month.Month, month.Age, month.Left.Numerator, month.Completed, month.Left.Value);
}

/// <summary>Cohorts by month of start, oldest first.</summary>
internal sealed record CohortList(ImmutableArray<CohortDocument> Data);

/// <summary>The effect of one variant of a product's retention offers on those who asked to cancel.</summary>
/// <param name="Variant">Its position among the product's retention offers, from 1; 0 is the control group.</param>
/// <param name="OfferId">The retention offer's id; null for the control group.</param>
/// <param name="Assigned">How many were assigned to it, without those who asked again and were assigned to another.</param>
/// <param name="Accepted">How many accepted.</param>
/// <param name="Lost">How many canceled without accepting. They may have been assigned before the range.</param>
/// <param name="SavedRate">1 − lost ÷ assigned, never below 0; null if nobody was assigned.</param>
internal sealed record RetentionVariantDocument(
    int Variant, string? OfferId, Int128 Assigned, Int128 Accepted, Int128 Lost, double? SavedRate)
{
    public static RetentionVariantDocument Of(VariantFigures figures) => new(
        figures.Variant, figures.OfferId, figures.Assigned, figures.Accepted, figures.Lost, figures.Saved.Value);
}

/// <summary>The control group and every variant, in order.</summary>
internal sealed record RetentionVariantsList(ImmutableArray<RetentionVariantDocument> Data);
