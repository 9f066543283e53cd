namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Equality of two states by content; records compare arrays by reference.</summary>
public static class SameState
{
    public static bool Are(Subscription? one, Subscription? other)
    {
        if (one is null || other is null) return one is null && other is null;
        return one.OpenInvoices.Select(invoice => invoice with { Usage = [] })
            .SequenceEqual(other.OpenInvoices.Select(invoice => invoice with { Usage = [] }))
            && one.OpenInvoices.SelectMany(invoice => invoice.Usage).SequenceEqual(other.OpenInvoices.SelectMany(invoice => invoice.Usage))
            && one.Declines.SequenceEqual(other.Declines)
            && one.Refunds.Select(refund => refund with { Shares = [] })
                .SequenceEqual(other.Refunds.Select(refund => refund with { Shares = [] }))
            && one.AddOns.SequenceEqual(other.AddOns)
            && one.Discounts.SequenceEqual(other.Discounts)
            && one.Usage.SequenceEqual(other.Usage)
            && one.WaitingLines.SequenceEqual(other.WaitingLines)
            && one.RetentionAccepted.SequenceEqual(other.RetentionAccepted)
            && SameChange(one.ScheduledChange, other.ScheduledChange)
            && SameMetadata(one, other)
            && SamePaid(one.Before, other.Before)
            && Bare(one) == Bare(other);
    }

    private static Subscription Bare(Subscription state) => state with
    {
        OpenInvoices = [], Declines = [], Metadata = null, Refunds = [], AddOns = [], Discounts = [], Usage = [], WaitingLines = [],
        RetentionAccepted = [], Before = null, ScheduledChange = null,
        Charge = state.Charge is null ? null : state.Charge with { Shares = [] },
    };

    private static bool SamePaid(PaidService? one, PaidService? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.WaitingLines.SequenceEqual(other.WaitingLines) && one.Discounts.SequenceEqual(other.Discounts)
                && one with { WaitingLines = [], Discounts = [] } == other with { WaitingLines = [], Discounts = [] };

    private static bool SameChange(ScheduledChange? one, ScheduledChange? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.AddOns.SequenceEqual(other.AddOns) && one with { AddOns = [] } == other with { AddOns = [] };

    private static bool SameMetadata(Subscription one, Subscription other) =>
        ReferenceEquals(one.Metadata, other.Metadata) ||
        (one.Metadata is not null && other.Metadata is not null && one.Metadata.SequenceEqual(other.Metadata));
}
