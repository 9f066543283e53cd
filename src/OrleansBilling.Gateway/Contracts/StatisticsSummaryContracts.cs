using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Subscriptions by status.</summary>
internal sealed record StatusCountsDocument(
    Int128 Pending, Int128 Trialing, Int128 Active, Int128 PastDue, Int128 Paused, Int128 Canceled, Int128 Expired, Int128 Completed)
{
    public static StatusCountsDocument Of(SummaryFigures figures) => new(
        figures.In(SubscriptionStatus.Pending), figures.In(SubscriptionStatus.Trialing), figures.In(SubscriptionStatus.Active),
        figures.In(SubscriptionStatus.PastDue), figures.In(SubscriptionStatus.Paused), figures.In(SubscriptionStatus.Canceled),
        figures.In(SubscriptionStatus.Expired), figures.In(SubscriptionStatus.Completed));
}

/// <summary>Key figures: gauges as of the end of the range, flows within it.</summary>
internal sealed record SummaryDocument
{
    [Description("First day, in each product's own time zone.")]
    public required LocalDate From { get; init; }

    [Description("Last day, inclusive.")]
    public required LocalDate To { get; init; }

    [Description(
        "Monthly recurring revenue of active and past due subscribers at the end of the range, net of active discounts, without " +
        "trials and usage.")]
    public required ImmutableArray<MoneyDocument> Mrr { get; init; }

    [Description("Monthly recurring revenue at list price, without discounts.")]
    public required ImmutableArray<MoneyDocument> MrrList { get; init; }

    [Description(
        "Subscriptions by status at the end of the range. An active or past due one whose first period was never paid is not yet " +
        "a subscriber.")]
    public required StatusCountsDocument Counts { get; init; }

    [Description("Subscribers at the end of the range: they have had a paid or given period and have not ended.")]
    public required Int128 Current { get; init; }

    [Description("First activations in the range.")]
    public required Int128 New { get; init; }

    [Description("Subscriptions that became a subscriber again in the range.")]
    public required Int128 Reactivated { get; init; }

    [Description("Subscribers who were canceled in the range.")]
    public required Int128 Canceled { get; init; }

    [Description("Of canceled, those decided by the customer.")]
    public required Int128 Voluntary { get; init; }

    [Description("Of canceled, those decided by the seller or an administrator.")]
    public required Int128 SellerInitiated { get; init; }

    [Description("Of canceled, those decided by the system.")]
    public required Int128 Involuntary { get; init; }

    [Description("Subscriptions canceled during their trial.")]
    public required Int128 TrialsLost { get; init; }

    [Description("Subscriptions that ended without a first payment.")]
    public required Int128 NeverPaid { get; init; }

    [Description("Fixed terms that ran out.")]
    public required Int128 Completed { get; init; }

    [Description(
        "Of the trials that ended in the range, how many were followed by a given period, or by one paid in full or in part. A " +
        "reactivation after a lost trial does not count.")]
    public required RatioDocument TrialConversion { get; init; }

    [Description("Of the invoices, or parts of one, first charged in the range and then overdue, how many were collected later.")]
    public required RatioDocument RecoveryRate { get; init; }

    [Description(
        "Of the periods that ended in the range, how many were followed by a paid or given one. A subscriber who left after a paid " +
        "period was not renewed. Fixed terms that ran out do not count. An invoice in installments is paid with its last one.")]
    public required RatioDocument RenewalRate { get; init; }

    [Description("Of the renewals that fell due in the range and had a price, how many have been paid.")]
    public required RatioDocument RenewalPaymentRate { get; init; }

    [Description("Money received, including tax.")]
    public required ImmutableArray<MoneyDocument> Collected { get; init; }

    [Description("Money returned, including tax.")]
    public required ImmutableArray<MoneyDocument> Refunded { get; init; }

    [Description("Paid recurrences; one in installments counts with its last installment.")]
    public required Int128 PaidRecurrences { get; init; }

    [Description("Charges that customers' banks charged back.")]
    public required Int128 Chargebacks { get; init; }

    [Description("The amount of those chargebacks.")]
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
