using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// What an order comes to in a month: recurring fees, without usage and trials. A year is 12 months, a month 30.4375
/// days.
/// </summary>
public static class RecurringRevenue
{
    /// <summary>Whether it is in recurring revenue: an active or past due subscriber.</summary>
    public static bool Counts(Subscription? s) => s is { IsCurrent: true } && Population.IsSubscriber(s);

    /// <summary>Monthly recurring revenue, net of the discounts in force, in minor units; 0 for who is not in it.</summary>
    public static long Net(Subscription? s, OfferTerms terms) => Counts(s) ? NetMonthly(s!, terms) : 0;

    /// <summary>The same without discounts.</summary>
    public static long List(Subscription? s, OfferTerms terms) => Counts(s) ? ListMonthly(s!, terms) : 0;

    /// <summary>The price of a month, in minor units.</summary>
    public static long Monthly(long amount, BillingInterval interval)
    {
        var count = interval.Count;
        return interval.Unit switch
        {
            IntervalUnit.Month => Money.MultiplyDivide(amount, 1, count),
            IntervalUnit.Year => Money.MultiplyDivide(amount, 1, 12L * count),
            IntervalUnit.Week => Money.MultiplyDivide(amount, 304_375, 70_000L * count),
            IntervalUnit.Day => Money.MultiplyDivide(amount, 304_375, 10_000L * count),
            _ => throw new InvalidOperationException($"{interval.Unit} is not known."),
        };
    }

    /// <summary>The price of one recurrence less the discounts that hold for it.</summary>
    internal static long NetPrice(Subscription s, OfferTerms terms, int index)
    {
        var price = InvoiceRules.PriceOf(terms.Offer, s.Quantity, s.AddOns);
        return s.Discounts.IsEmpty ? price : price - InvoiceRules.DiscountOn(s, terms.Plan.Id, index, price, 1, 1);
    }

    internal static long NetMonthly(Subscription s, OfferTerms terms) =>
        Monthly(NetPrice(s, terms, s.CurrentPeriod?.Index ?? 1), terms.Plan.Interval);

    internal static long ListMonthly(Subscription s, OfferTerms terms) =>
        Monthly(InvoiceRules.PriceOf(terms.Offer, s.Quantity, s.AddOns), terms.Plan.Interval);
}
