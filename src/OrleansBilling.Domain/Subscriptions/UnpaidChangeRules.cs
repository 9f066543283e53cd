namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// A change of which nothing was paid does not stand in the way of what comes next: its invoice is void, and the next change,
/// or a refund, is computed from what was really paid (see "Money that was paid" in the domain's README).
/// </summary>
internal static class UnpaidChangeRules
{
    /// <summary>Before another change. Refused while its charge may still collect it; a voucher that waits is withdrawn.</summary>
    public static Refusal? Void(Draft draft)
    {
        if (Find(draft.State) is not { } unpaid) return null;
        if (draft.State.Charge is { } charge && charge.Invoice == unpaid.Number)
        {
            if (charge.Voucher is null) return Refusal.ChargeInFlight;
            draft.Add(new SubscriptionEvent.VoucherWithdrawn { At = draft.Now, Invoice = charge.Invoice, Attempt = charge.Attempt });
        }

        Void(draft, unpaid);
        return null;
    }

    /// <summary>Before a cancellation: what it had billed belongs to the last invoice. A charge in flight decides by itself.</summary>
    public static void VoidUnlessInFlight(Draft draft)
    {
        if (Find(draft.State) is { } unpaid && draft.State.Charge?.Invoice != unpaid.Number) Void(draft, unpaid);
    }

    /// <summary>The invoice of the last change of this period, if nothing of it was paid.</summary>
    private static OpenInvoice? Find(Subscription state) =>
        state.Before is { } before && state.FindOpenInvoice(before.ChangeInvoice) is { Paid: 0 } unpaid ? unpaid : null;

    private static void Void(Draft draft, OpenInvoice unpaid)
    {
        var before = draft.State.Before!;
        var closed = CancellationRules.Close(unpaid);
        draft.Add(new SubscriptionEvent.ChangeVoided
        {
            At = draft.Now,
            Closed = closed,
            Period = before.Period,
            Readings = UsageLedger.Restored(draft.State.Usage, before.Usage),
            UnusedWhenPaid = StillUnused(draft, before),
            Postings = Postings.Voided(closed),
        });
    }

    /// <summary>An older invoice is owed for the time since the change as well: less of it is unused now.</summary>
    private static long StillUnused(Draft draft, PaidService before)
    {
        if (draft.State.FindOpenInvoice(before.Owed) is not { UnusedWhenPaid: > 0 } owed) return 0;
        var until = draft.State.ServedUntil(draft.Now);
        return owed.UnusedWhenPaid - UnusedService.Used(owed.UnusedWhenPaid, before.From, before.To ?? before.Period.End, until);
    }
}
