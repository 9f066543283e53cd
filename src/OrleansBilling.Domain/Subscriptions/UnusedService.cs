using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// The part of the current service that a change leaves unused, in minor units net of tax: what was paid for it and did not
/// go back, minus the share that elapsed time has used (see "Proration and plan changes" in the domain's README).
/// </summary>
/// <param name="Credit">Paid and unused.</param>
/// <param name="Collected">The money behind <paramref name="Credit"/>, including added tax.</param>
/// <param name="WhenPaid">Owed and unused. Becomes credit once it is paid.</param>
/// <param name="FallsAway">Parts of the invoice that were not due yet and are no longer owed.</param>
internal readonly record struct UnusedService(long Credit, long Collected, long WhenPaid, long FallsAway)
{
    public static UnusedService Of(Subscription s, Instant now, OfferTerms terms)
    {
        if (s.CurrentPeriod is not { } period) return default;
        var until = s.ServedUntil(now);
        var value = s.ServiceValue;
        var from = s.ServedFrom ?? period.Start;
        var to = s.ServedTo ?? period.End;
        if (s.FindOpenInvoice(s.ServiceInvoice) is not { } open)
        {
            var kept = ServiceMoney.Kept(s, terms);
            var unused = kept - Used(kept, from, to, until);
            return new UnusedService(unused, Share(ServiceMoney.Left(s, terms), unused, kept), 0, 0);
        }

        var due = DueBy(open, s.Charge?.Invoice == open.Number, until, terms.Zone);
        var gone = value - ServiceMoney.Kept(s, terms);
        var used = Used(value, from, to, until);

        // If nothing was paid on the invoice, credit that it used comes back when it closes, so it is not counted here.
        var credit = open.Paid == 0 ? 0 : Left(open.Paid, used);
        var collected = open.Paid == 0 ? 0 : Share(MoneyLeft(open.Paid), credit, Left(open.Paid, used: 0));
        return new UnusedService(credit, collected, Left(due, used) - credit, open.Total - due);

        // Parts are rounded separately, too: once money went back, no more is left than what fits with its taxes.
        long Left(long paid, long used)
        {
            var left = PaidValue(open, value, paid) - gone - used;
            if (s.ServiceReturned > 0) left = Math.Min(left, ServiceMoney.NetOf(s, terms, MoneyLeft(paid)));
            return Math.Max(0, left);
        }

        long MoneyLeft(long paid) => Math.Max(0, PaidValue(open, ServiceMoney.Of(s, terms), paid) - s.ServiceReturned);
    }

    /// <summary>The money behind a part of a value. Money that is too little for any value stays with the whole.</summary>
    private static long Share(long money, long part, long whole) => part == whole ? money : Money.MultiplyDivide(money, part, whole);

    /// <summary>When a part of an invoice, counted from 1, is due.</summary>
    public static Instant PartDueAt(OpenInvoice invoice, int part, DateTimeZone zone) =>
        BillingCalendar.ToInstant(invoice.PartsFrom!.Value.PlusMonths(part - 1), zone);

    /// <summary>The share of a value that elapsed time has used up.</summary>
    public static long Used(long value, Instant from, Instant to, Instant now)
    {
        if (now >= to) return value;
        if (now <= from) return 0;
        return Money.MultiplyDivide(value, (now - from).BclCompatibleTicks, (to - from).BclCompatibleTicks);
    }

    /// <summary>
    /// The amount due by now: the paid parts, the next part if it was tried or should have been, and later parts that are due by
    /// their monthly dates.
    /// </summary>
    private static long DueBy(OpenInvoice invoice, bool inFlight, Instant now, DateTimeZone zone)
    {
        if (invoice.Parts == 0) return invoice.Total;
        if (!inFlight && !invoice.Overdue && !(invoice.NextAttemptAt <= now)) return invoice.Paid;
        var due = invoice.Paid + invoice.NextAmount;
        for (var part = invoice.PartsPaid + 2; part <= invoice.Parts && PartDueAt(invoice, part, zone) <= now; part++)
            due += Installments.PartOf(invoice.Total, invoice.Parts, part);
        return due;
    }

    /// <summary>
    /// How much of the service, or of the money behind it, is paid when this much of its invoice was collected. Credit and unused
    /// time that the invoice used count as paid.
    /// </summary>
    private static long PaidValue(OpenInvoice invoice, long value, long collected) =>
        value - Money.MultiplyDivide(value, invoice.Total - collected, Math.Max(1, invoice.Gross + invoice.Unused));
}
