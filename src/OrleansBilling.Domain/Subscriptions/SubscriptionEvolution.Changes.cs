using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Keeps the service that was really paid while a change is unpaid, and restores it when the change's invoice closes.</summary>
public static partial class SubscriptionEvolution
{
    /// <summary>The state as if its last change had not been billed. The offer that it changed to stays.</summary>
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
            ServiceMoney = before.Money,
            ServiceInvoice = before.Invoice,
            ServiceReturned = before.Returned + (before.Period.Index == s.CurrentPeriod!.Index ? s.ServiceReturned : 0),
            Discounts = DiscountsBefore(s, before),

            // A refund that fails from now on belongs to the current or the restored service; older ones were settled by the change.
            Refunds = [
                .. s.Refunds.Select(
                    refund => refund with { ServiceInvoice = refund.ServiceInvoice == s.ServiceInvoice ? before.Invoice : SettledAnew })],
        };
    }

    /// <summary>No invoice has this number. A refund that fails after its service was settled again changes nothing.</summary>
    private const int SettledAnew = -1;

    /// <summary>
    /// Voids a change while the subscription runs. This is the only place that does. Usage that the change's invoice billed goes
    /// back to the period.
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
    /// The period's meters continue from the restored readings, and its unique keys from the restored window. Keys that came since
    /// count again. The window of the voided period is never used again.
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
        Money = carried.Money,
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
    /// The discounts before the change, plus those granted since. The voided period did not use up any recurrence, so later
    /// discounts move back by it.
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
