using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>
/// A subscription's monthly recurring revenue: its recurring fees, without usage and trials. A year counts as 12 months and
/// a month as 30.4375 days.
/// </summary>
public static class RecurringRevenue
{
    /// <summary>Whether a subscription contributes: it must be an active or past due subscriber.</summary>
    public static bool Counts(Subscription? s) => s is { IsCurrent: true } && Population.IsSubscriber(s);

    /// <summary>Monthly recurring revenue in minor units, net of the discounts in force; 0 if <see cref="Counts"/> is false.</summary>
    public static long Net(Subscription? s, OfferTerms terms) => Counts(s) ? NetMonthly(s!, terms) : 0;

    /// <summary>Monthly recurring revenue in minor units, without discounts.</summary>
    public static long List(Subscription? s, OfferTerms terms) => Counts(s) ? ListMonthly(s!, terms) : 0;

    /// <summary>Converts the price of one interval to the price of one month, in minor units.</summary>
    public static long Monthly(long amount, BillingInterval interval)
    {
        var count = interval.Count;
        return interval.Unit switch
        {
            IntervalUnit.Month => Money.MultiplyDivide(amount, 1, count),
            IntervalUnit.Year => Money.MultiplyDivide(amount, 1, 12L * count),
            IntervalUnit.Week => Money.MultiplyDivide(amount, 304_375, 70_000L * count),
            IntervalUnit.Day => Money.MultiplyDivide(amount, 304_375, 10_000L * count),
            _ => throw new InvalidOperationException($"Unknown interval unit: {interval.Unit}."),
        };
    }

    /// <summary>The price of one recurrence minus the discounts that apply to it.</summary>
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
