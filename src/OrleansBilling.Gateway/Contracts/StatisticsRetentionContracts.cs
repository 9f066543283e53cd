using System.Collections.Immutable;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The subscribers who started in one calendar month, and how many of them remained at the end of each month since.</summary>
/// <param name="Month">The month of start.</param>
/// <param name="Joined">How many of them became subscribers for the first time, up to the last day of the query.</param>
/// <param name="Retained">From the month of start on, oldest first.</param>
internal sealed record CohortDocument(string Month, Int128 Joined, ImmutableArray<RetainedDocument> Retained);

/// <summary>How many of a cohort had not ended at the end of a month. The last month ends on the last day of the query.</summary>
/// <param name="Month">The month.</param>
/// <param name="Age">Months since the month of start.</param>
/// <param name="Count">Remaining subscribers.</param>
/// <param name="Completed">Those whose fixed term had run out by then. They did not leave.</param>
/// <param name="Rate">Count ÷ joined; null if nobody joined.</param>
internal sealed record RetainedDocument(string Month, int Age, Int128 Count, Int128 Completed, double? Rate);

/// <summary>Cohorts by month of start, oldest first.</summary>
internal sealed record CohortList(ImmutableArray<CohortDocument> Data);

/// <summary>The effect of one variant of a product's retention offers on those who asked to cancel.</summary>
/// <param name="Variant">Its position among the product's retention offers, from 1; 0 is the control group.</param>
/// <param name="OfferId">The retention offer's id; null for the control group.</param>
/// <param name="Assigned">Assigned to it, without those who asked again and were assigned to another variant.</param>
/// <param name="Accepted">Accepted the offer.</param>
/// <param name="Lost">Canceled without accepting. They may have been assigned before the range.</param>
/// <param name="SavedRate">1 − lost ÷ assigned, at least 0; null if nobody was assigned.</param>
internal sealed record RetentionVariantDocument(
    int Variant, string? OfferId, Int128 Assigned, Int128 Accepted, Int128 Lost, double? SavedRate);

/// <summary>The control group and every variant, in order.</summary>
internal sealed record RetentionVariantsList(ImmutableArray<RetentionVariantDocument> Data);
