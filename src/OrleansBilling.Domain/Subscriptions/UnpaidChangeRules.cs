namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Voids an unpaid change before the next command. Its invoice is void, and the next change or a refund is computed from
/// what was really paid (see "Money that was paid" in the domain's README).
/// </summary>
internal static class UnpaidChangeRules
{
    /// <summary>Used before another change. Refused while a charge may still collect the invoice; a waiting voucher is withdrawn.</summary>
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

    /// <summary>Used before a cancellation: the final invoice bills what this one had billed. A charge in flight is left alone.</summary>
    public static void VoidUnlessInFlight(Draft draft)
    {
        if (Find(draft.State) is { } unpaid && draft.State.Charge?.Invoice != unpaid.Number) Void(draft, unpaid);
    }

    /// <summary>The invoice of this period's last change, if nothing of it was paid.</summary>
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

    /// <summary>The unused part of an older unpaid invoice, less the time used since the change.</summary>
    private static long StillUnused(Draft draft, PaidService before)
    {
        if (draft.State.FindOpenInvoice(before.Owed) is not { UnusedWhenPaid: > 0 } owed) return 0;
        var until = draft.State.ServedUntil(draft.Now);
        return owed.UnusedWhenPaid - UnusedService.Used(owed.UnusedWhenPaid, before.From, before.To ?? before.Period.End, until);
    }
}
