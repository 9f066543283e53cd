using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// The money behind the running service, in minor units including added tax. It is counted and not computed from the service's
/// value: its money can come over several invoices, each of which rounds its taxes, and unused time brings money along. Refunds
/// take from this money, so what went back whole leaves exactly nothing.
/// </summary>
internal static class ServiceMoney
{
    /// <summary>All money behind the service. What its invoice still has to collect is included.</summary>
    public static long Of(Subscription s, OfferTerms terms) =>
        s.ServiceMoney ?? Taxes.GrossOf(terms.Product.Tax, s.Customer.Country, s.ServiceValue);

    /// <summary>
    /// The money that did not go back. Nothing is left if more of the period's money went back than paid for the service. What a
    /// shorter period set aside with its tax can be a minor unit more than there was; the next invoice settles that.
    /// </summary>
    public static long Left(Subscription s, OfferTerms terms)
    {
        var money = Of(s, terms);
        var left = money - s.ServiceReturned;
        return s.ServiceReturned > 0 ? Math.Max(left, Math.Min(0, money)) : left;
    }

    /// <summary>
    /// The value of the service, net of tax, that is left after what went back: the most that fits, with its taxes, into the money
    /// that is left. Only valid once the service's invoice is paid.
    /// </summary>
    public static long Kept(Subscription s, OfferTerms terms)
    {
        if (s.ServiceReturned == 0) return s.ServiceValue;
        var kept = NetOf(s, terms, Left(s, terms));
        return s.ServiceReturned > 0 ? Math.Min(s.ServiceValue, kept) : kept;
    }

    /// <summary>The most that fits, with its taxes, into an amount.</summary>
    public static long NetOf(Subscription s, OfferTerms terms, long money) =>
        money <= 0 ? 0 : Taxes.NetOf(terms.Product.Tax, s.Customer.Country, money);

    /// <summary>
    /// Notes on a new invoice for the service what unused time brings along, and computes the money behind the service. Lines of a
    /// shorter period bring along what was set aside for them.
    /// </summary>
    public static (IssuedInvoice Invoice, long? Money) Bill(Draft draft, IssuedInvoice invoice, long value, UnusedService unused)
    {
        if (!AddsTax(draft.Terms)) return (invoice, null);
        var credited = ServiceShare.UnusedIn(invoice.Lines);
        var carried = unused.Collected + RefundRules.WithTax(draft, credited - unused.Credit);
        var noted = credited == 0 && carried == 0 ? invoice : invoice with { Carried = carried };
        var rest = value - credited;
        var money = ServiceShare.IsPart(invoice.Lines, rest) ? ServiceShare.WithTax(invoice.Lines, rest) : RefundRules.WithTax(draft, rest);
        return (noted, carried + money);
    }

    /// <summary>What is stored. Without added tax, money and value are the same.</summary>
    public static long? Stored(OfferTerms terms, long money) => AddsTax(terms) ? money : null;

    private static bool AddsTax(OfferTerms terms) => terms.Product.Tax is { Inclusive: false };
}
