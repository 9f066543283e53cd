using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <summary>One tax of an invoice.</summary>
/// <param name="Name">For people: VAT, GST, ISS.</param>
/// <param name="Country">The country whose rate it is; null for the rate of all others.</param>
/// <param name="MilliPercent">Thousandths of a percent.</param>
/// <param name="Inclusive">Whether prices contain it; otherwise it is a line of its own.</param>
/// <param name="Base">What is taxed, net of the tax, in minor units.</param>
/// <param name="Amount">The tax, in minor units; negative on a credit.</param>
public sealed record InvoiceTax(string Name, string? Country, int MilliPercent, bool Inclusive, long Base, long Amount);

/// <summary>Taxes by the customer's country, each rate rounded once per invoice.</summary>
public static class Taxes
{
    /// <summary>The taxes of a sum, which may be negative. Contained taxes and their base sum to it exactly.</summary>
    public static ImmutableArray<InvoiceTax> Of(TaxPolicy? policy, string? country, long taxable)
    {
        if (policy is null) return [];
        var rates = RatesOf(policy, country);
        if (rates.Count == 0) return [];
        return policy.Inclusive ? Contained(rates, taxable) : Added(rates, taxable);
    }

    /// <summary>What is left of money that went back when the taxes that were added to it are taken off.</summary>
    public static long NetOf(TaxPolicy? policy, string? country, long gross) =>
        policy is { Inclusive: true } ? gross : WithoutTax(policy, country, gross);

    /// <summary>What is left of money that was collected when its taxes are taken off, whether prices contain them or not.</summary>
    public static long WithoutTax(TaxPolicy? policy, string? country, long gross)
    {
        if (gross == 0 || policy is null) return gross;
        var together = 0L;
        foreach (var rate in RatesOf(policy, country)) together += rate.MilliPercent;
        return Money.MultiplyDivide(gross, PriceReduction.WholeMilliPercent, PriceReduction.WholeMilliPercent + together);
    }

    /// <summary>
    /// What belongs of <paramref name="whole"/> (a tax) to the money between <paramref name="before"/> and
    /// <paramref name="after"/> of <paramref name="total"/>, rounded cumulatively, so that parts sum to the whole; 0 for
    /// a total of 0.
    /// </summary>
    public static long Part(long whole, long before, long after, long total)
    {
        if (whole == 0 || total <= 0) return 0;
        return Money.MultiplyDivide(whole, after, total) - Money.MultiplyDivide(whole, before, total);
    }

    private static List<TaxRate> RatesOf(TaxPolicy policy, string? country)
    {
        var own = new List<TaxRate>(1);
        var others = new List<TaxRate>(1);
        foreach (var rate in policy.Rates)
        {
            if (rate.Country is null) others.Add(rate);
            else if (rate.Country == country) own.Add(rate);
        }

        return own.Count > 0 ? own : others;
    }

    private static ImmutableArray<InvoiceTax> Added(List<TaxRate> rates, long taxable) =>
        [.. rates.Select(
            rate => new InvoiceTax(
                rate.Name, rate.Country, rate.MilliPercent, false, taxable, Money.PercentOf(taxable, rate.MilliPercent)))];

    private static ImmutableArray<InvoiceTax> Contained(List<TaxRate> rates, long taxable)
    {
        var together = rates.Sum(rate => rate.MilliPercent);
        var contained = Money.MultiplyDivide(taxable, together, PriceReduction.WholeMilliPercent + together);
        var taxes = ImmutableArray.CreateBuilder<InvoiceTax>(rates.Count);
        var seen = 0L;
        foreach (var rate in rates)
        {
            var amount = Part(contained, seen, seen + rate.MilliPercent, together);
            seen += rate.MilliPercent;
            taxes.Add(new InvoiceTax(rate.Name, rate.Country, rate.MilliPercent, true, taxable - contained, amount));
        }

        return taxes.MoveToImmutable();
    }
}
