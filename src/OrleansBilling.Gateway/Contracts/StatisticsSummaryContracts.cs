using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>How many subscriptions are in each status.</summary>
internal sealed record StatusCountsDocument(
    Int128 Pending, Int128 Trialing, Int128 Active, Int128 PastDue, Int128 Paused, Int128 Canceled, Int128 Expired, Int128 Completed)
{
    public static StatusCountsDocument Of(SummaryFigures figures) => new(
        figures.In(SubscriptionStatus.Pending), figures.In(SubscriptionStatus.Trialing), figures.In(SubscriptionStatus.Active),
        figures.In(SubscriptionStatus.PastDue), figures.In(SubscriptionStatus.Paused), figures.In(SubscriptionStatus.Canceled),
        figures.In(SubscriptionStatus.Expired), figures.In(SubscriptionStatus.Completed));
}

/// <summary>The business at a glance: gauges at the end of the range, flows within it.</summary>
internal sealed record SummaryDocument
{
    [Description("First day, of each product's own time zone.")]
    public required LocalDate From { get; init; }

    [Description("Last day, included.")]
    public required LocalDate To { get; init; }

    [Description(
        "Monthly recurring revenue of active and past due subscribers at the end of the range, net of the discounts in force; no trials, no usage.")]
    public required ImmutableArray<MoneyDocument> Mrr { get; init; }

    [Description("The same at list price, without discounts.")]
    public required ImmutableArray<MoneyDocument> MrrList { get; init; }

    [Description(
        "Subscriptions by status at the end of the range. An active or past due one whose first period was never paid is no subscriber yet.")]
    public required StatusCountsDocument Counts { get; init; }

    [Description("Subscribers at the end of the range: with a paid or given period, and not ended.")]
    public required Int128 Current { get; init; }

    [Description("First activations in the range.")]
    public required Int128 New { get; init; }

    [Description("Who became a subscriber again in the range.")]
    public required Int128 Reactivated { get; init; }

    [Description("Subscribers who were canceled in the range.")]
    public required Int128 Canceled { get; init; }

    [Description("Of canceled, those that the customer decided.")]
    public required Int128 Voluntary { get; init; }

    [Description("Of canceled, those that the seller or an administrator decided.")]
    public required Int128 SellerInitiated { get; init; }

    [Description("Of canceled, those that the system decided.")]
    public required Int128 Involuntary { get; init; }

    [Description("Subscriptions that were canceled in their trial.")]
    public required Int128 TrialsLost { get; init; }

    [Description("Subscriptions that ended without their first payment.")]
    public required Int128 NeverPaid { get; init; }

    [Description("Fixed terms that ran out.")]
    public required Int128 Completed { get; init; }

    [Description(
        "Of the trials that ended in the range, how many were followed by a period of which all or a part was paid, or that was given. A reactivation after a lost trial is none.")]
    public required RatioDocument TrialConversion { get; init; }

    [Description("Of the invoices, or parts of one, that were first tried in the range and fell overdue, how many were collected since.")]
    public required RatioDocument RecoveryRate { get; init; }

    [Description(
        "Of the periods that ended in the range, how many were followed by a paid or given one; a subscriber who left with a period that was paid was not renewed; fixed terms that ran out are not asked. An invoice in parts is paid with its last part.")]
    public required RatioDocument RenewalRate { get; init; }

    [Description("Of the renewals that fell due in the range and cost something, how many were paid since.")]
    public required RatioDocument RenewalPaymentRate { get; init; }

    [Description("Money that came in, tax included.")]
    public required ImmutableArray<MoneyDocument> Collected { get; init; }

    [Description("Money that went back, tax included.")]
    public required ImmutableArray<MoneyDocument> Refunded { get; init; }

    [Description("Recurrences that were paid; one in parts with its last part.")]
    public required Int128 PaidRecurrences { get; init; }

    [Description("Charges that customers' banks took back.")]
    public required Int128 Chargebacks { get; init; }

    [Description("The money in them.")]
    public required ImmutableArray<MoneyDocument> ChargedBack { get; init; }

    public static SummaryDocument Of(SummaryFigures figures) => new()
    {
        From = figures.Period.From,
        To = figures.Period.To,
        Mrr = MoneyDocument.Of(figures.RecurringRevenue),
        MrrList = MoneyDocument.Of(figures.ListRevenue),
        Counts = StatusCountsDocument.Of(figures),
        Current = figures.Current,
        New = figures.New,
        Reactivated = figures.Reactivated,
        Canceled = figures.Canceled,
        Voluntary = figures.Voluntary,
        SellerInitiated = figures.SellerInitiated,
        Involuntary = figures.Involuntary,
        TrialsLost = figures.TrialsLost,
        NeverPaid = figures.NeverPaid,
        Completed = figures.Completed,
        TrialConversion = RatioDocument.Of(figures.TrialConversion),
        RecoveryRate = RatioDocument.Of(figures.Recovery),
        RenewalRate = RatioDocument.Of(figures.Renewal),
        RenewalPaymentRate = RatioDocument.Of(figures.RenewalPayment),
        Collected = MoneyDocument.Of(figures.Collected),
        Refunded = MoneyDocument.Of(figures.Refunded),
        PaidRecurrences = figures.PaidRecurrences,
        Chargebacks = figures.Chargebacks,
        ChargedBack = MoneyDocument.Of(figures.ChargedBack),
    };
}
