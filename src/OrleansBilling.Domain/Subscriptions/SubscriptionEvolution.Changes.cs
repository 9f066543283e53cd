using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What was really paid, remembered while a change of it is not, and counted again when the change's invoice is closed.</summary>
public static partial class SubscriptionEvolution
{
    /// <summary>The state as if its last change had not been billed; the offer that it changed to stays.</summary>
    internal static Subscription WithoutUnpaidChange(Subscription s)
    {
        var before = s.Before!;
        return s with
        {
            Before = null,
            OrderVoided = true,
            CurrentPeriod = before.Period,
            Anchor = before.Anchor,
            AnchorIndex = before.AnchorIndex,
            TermStartIndex = before.TermStartIndex,
            RegularLength = before.RegularLength,
            LengthenedFrom = before.LengthenedFrom,
            WaitingLines = before.WaitingLines,
            ServedFrom = before.From,
            ServedTo = before.To,
            ServiceValue = before.Value,
            ServiceInvoice = before.Invoice,
            ServiceReturned = before.Returned + (before.Period.Index == s.CurrentPeriod!.Index ? s.ServiceReturned : 0),
            Discounts = DiscountsBefore(s, before),

            // A refund that fails now was of the one or the other: the change had settled what went before it.
            Refunds = [
                .. s.Refunds.Select(
                    refund => refund with { ServiceInvoice = refund.ServiceInvoice == s.ServiceInvoice ? before.Invoice : SettledAnew })],
        };
    }

    /// <summary>No invoice has this number: a refund that fails after its service was settled anew frees nothing.</summary>
    private const int SettledAnew = -1;

    /// <summary>
    /// The one place where a change is voided while the subscription runs; what its invoice billed of usage goes back
    /// to the period.
    /// </summary>
    private static Subscription VoidChange(Subscription s, SubscriptionEvent.ChangeVoided e)
    {
        var owed = s.Before!.Owed;
        var paid = WithoutUnpaidChange(Voided(WithUsageBefore(s, e), e.Closed.Invoice, ended: false)) with
        {
            OpenInvoices = Without(s.OpenInvoices, e.Closed.Invoice), Credit = checked(s.Credit + e.Closed.Credit),
        };
        if (owed > 0) paid = WithInvoice(paid, owed, i => i with { UnusedWhenPaid = e.UnusedWhenPaid });
        return paid.IsCurrent ? Running(paid) : paid;
    }

    /// <summary>
    /// The period's meters go on from what they read. So do its unique keys: those that were met since are met anew. The
    /// window of the voided period is never used again.
    /// </summary>
    private static Subscription WithUsageBefore(Subscription s, SubscriptionEvent.ChangeVoided e) => e.Readings.IsEmpty ? s : s with
    {
        Usage = Read(s.Usage, e.Readings),
        UsageWindow = s.Before!.UsageWindow,
        UsageWindowMax = Math.Max(s.UsageWindow, s.UsageWindowMax),
    };

    private static PaidService PaidBefore(Subscription s, CarriedService carried, Instant at) => new()
    {
        Value = carried.Value,
        Interval = carried.Interval,
        From = at,
        To = s.ServedTo,
        Invoice = s.FindOpenInvoice(s.ServiceInvoice) is null ? s.ServiceInvoice : 0,
        Owed = s.FindOpenInvoice(s.ServiceInvoice)?.Number ?? s.FindOpenInvoice(carried.Owed)?.Number ?? 0,
        Period = s.CurrentPeriod!,
        Anchor = s.Anchor,
        AnchorIndex = s.AnchorIndex,
        TermStartIndex = s.TermStartIndex,
        RegularLength = s.RegularLength,
        LengthenedFrom = s.LengthenedFrom,
        WaitingLines = s.WaitingLines,
        Usage = carried.Usage,
        UsageWindow = s.UsageWindow,
    };

    /// <summary>
    /// Recurrences for which discounts were used up come again, and so does the next one, for those that were granted
    /// since.
    /// </summary>
    private static ImmutableArray<AppliedDiscount> DiscountsBefore(Subscription s, PaidService before)
    {
        var back = s.CurrentPeriod!.Index - before.Period.Index;
        if (back == 0) return s.Discounts;
        var kept = before.Discounts.Count(discount => !(discount.ToIndex < s.CurrentPeriod.Index));
        var since = s.Discounts.Skip(kept)
            .Select(discount => discount with { FromIndex = discount.FromIndex - back, ToIndex = discount.ToIndex - back });
        return [.. before.Discounts, .. since];
    }

    private static PaidService? ChangeIn(PaidService? before, int invoice, ImmutableArray<AppliedDiscount> discounts) =>
        before is { ChangeInvoice: 0 } ? before with { ChangeInvoice = invoice, Discounts = discounts } : null;
}
