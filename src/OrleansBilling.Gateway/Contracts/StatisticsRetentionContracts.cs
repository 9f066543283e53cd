using System.Collections.Immutable;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Those who started in one calendar month, and how many of them were still there at the end of each month since.</summary>
/// <param name="Month">The month of start.</param>
/// <param name="Joined">How many of them became subscribers for the first time, up to the last day asked for.</param>
/// <param name="Retained">From the month of start on, oldest first.</param>
internal sealed record CohortDocument(string Month, Int128 Joined, ImmutableArray<RetainedDocument> Retained)
{
    public static CohortDocument Of(Cohort cohort) =>
        new(cohort.Month.Month, cohort.Joined, [.. cohort.Retained.Select(RetainedDocument.Of)]);
}

/// <summary>How many of a cohort had not ended when a month did; the last month is cut to the last day asked for.</summary>
/// <param name="Month">The month.</param>
/// <param name="Age">Months since the month of start.</param>
/// <param name="Count">Subscribers.</param>
/// <param name="Completed">Whose fixed term had run out by then: they did not leave.</param>
/// <param name="Rate">Count ÷ joined; null where nobody joined.</param>
internal sealed record RetainedDocument(string Month, int Age, Int128 Count, Int128 Completed, double? Rate)
{
    public static RetainedDocument Of(CohortMonth month) =>
        new(month.Month.Month, month.Age, month.Left.Numerator, month.Completed, month.Left.Value);
}

/// <summary>Cohorts by month of start, oldest first.</summary>
internal sealed record CohortList(ImmutableArray<CohortDocument> Data);

/// <summary>What one variant of a product's retention offers did to those who asked to cancel.</summary>
/// <param name="Variant">Its position among the product's retention offers, from 1; 0 is the control group.</param>
/// <param name="OfferId">The retention offer's id; null for the control group.</param>
/// <param name="Assigned">Who were assigned to it, less those who asked again and were assigned to another.</param>
/// <param name="Accepted">Who accepted.</param>
/// <param name="Lost">Who canceled without accepting; they may have been assigned before the range began.</param>
/// <param name="SavedRate">1 − lost ÷ assigned, never below 0; null where nobody was assigned.</param>
internal sealed record RetentionVariantDocument(
    int Variant, string? OfferId, Int128 Assigned, Int128 Accepted, Int128 Lost, double? SavedRate)
{
    public static RetentionVariantDocument Of(VariantFigures figures) => new(
        figures.Variant, figures.OfferId, figures.Assigned, figures.Accepted, figures.Lost, figures.Saved.Value);
}

/// <summary>The control group and every variant, in order.</summary>
internal sealed record RetentionVariantsList(ImmutableArray<RetentionVariantDocument> Data);
