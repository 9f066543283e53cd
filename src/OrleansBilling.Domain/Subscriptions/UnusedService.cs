using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// The part of the current service that a change leaves unused, in minor units net of tax: what was paid for it and did not
/// go back, minus the share that elapsed time has used (see "Proration and plan changes" in the domain's README).
/// </summary>
/// <param name="Credit">Paid and unused.</param>
/// <param name="WhenPaid">Owed and unused. Becomes credit once it is paid.</param>
/// <param name="FallsAway">Parts of the invoice that were not due yet and are no longer owed.</param>
internal readonly record struct UnusedService(long Credit, long WhenPaid, long FallsAway)
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
            var kept = Kept(s, terms);
            return new UnusedService(kept - Used(kept, from, to, until), 0, 0);
        }

        var due = DueBy(open, s.Charge?.Invoice == open.Number, until, terms.Zone);
        var used = value - Kept(s, terms) + Used(value, from, to, until);

        // If nothing was paid on the invoice, credit that it used comes back when it closes, so it is not counted here.
        var credit = open.Paid == 0 ? 0 : Unused(open.Paid);
        var whenPaid = Unused(due) - credit;
        return new UnusedService(credit, whenPaid, open.Total - due);

        // Parts are rounded separately, too: once money went back, no more is unused than what is left with its taxes.
        long Unused(long collected)
        {
            var unused = PaidValue(open, value, collected) - used;
            if (s.ServiceReturned > 0)
                unused = Math.Min(unused, NetOf(s, terms, open.Gross - open.Total + open.Unused + collected - s.ServiceReturned));
            return Math.Max(0, unused);
        }
    }

    /// <summary>
    /// What was paid for the current service and did not go back: the most that fits, with its taxes, into the money that is left.
    /// Nothing is left of what went back whole. Only valid once its invoice is paid.
    /// </summary>
    public static long Kept(Subscription s, OfferTerms terms)
    {
        var paid = Taxes.GrossOf(terms.Product.Tax, s.Customer.Country, s.ServiceValue);
        return NetOf(s, terms, paid - s.ServiceReturned);
    }

    private static long NetOf(Subscription s, OfferTerms terms, long left) =>
        left <= 0 ? 0 : Taxes.NetOf(terms.Product.Tax, s.Customer.Country, left);

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
    /// How much of the service is paid when this much of its invoice was collected. Credit and unused time that the invoice used
    /// count as paid.
    /// </summary>
    private static long PaidValue(OpenInvoice invoice, long value, long collected) =>
        value - Money.MultiplyDivide(value, invoice.Total - collected, invoice.Gross + invoice.Unused);
}
