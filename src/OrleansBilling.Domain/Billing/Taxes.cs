using System.Collections.Immutable;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Billing;

/// <param name="Name">Display name: VAT, GST, ISS.</param>
/// <param name="Country">The country of the rate; null for the rate that applies to all other countries.</param>
/// <param name="MilliPercent">Thousandths of a percent.</param>
/// <param name="Inclusive">Whether prices include the tax; otherwise it has its own line.</param>
/// <param name="Base">The taxed amount without the tax, in minor units.</param>
/// <param name="Amount">The tax in minor units; negative for a credit.</param>
public sealed record InvoiceTax(string Name, string? Country, int MilliPercent, bool Inclusive, long Base, long Amount);

/// <summary>Taxes by the customer's country. Each rate is rounded once per invoice.</summary>
public static class Taxes
{
    /// <summary>The taxes of a sum, which may be negative. Included taxes and their base add up to the sum exactly.</summary>
    public static ImmutableArray<InvoiceTax> Of(TaxPolicy? policy, string? country, long taxable)
    {
        if (policy is null) return [];
        var rates = RatesOf(policy, country);
        if (rates.Count == 0) return [];
        return policy.Inclusive ? Contained(rates, taxable) : Added(rates, taxable);
    }

    /// <summary>An amount with the taxes that are added to it, as an invoice adds them. Included taxes are in it already.</summary>
    public static long GrossOf(TaxPolicy? policy, string? country, long net)
    {
        if (policy is not { Inclusive: false }) return net;
        var gross = net;
        foreach (var rate in RatesOf(policy, country)) gross = checked(gross + Money.PercentOf(net, rate.MilliPercent));
        return gross;
    }

    /// <summary>
    /// The most whose <see cref="GrossOf"/> fits into <paramref name="gross"/>. Several rates are rounded separately, so a division
    /// by their sum can miss it by a minor unit.
    /// </summary>
    public static long NetOf(TaxPolicy? policy, string? country, long gross)
    {
        if (policy is not { Inclusive: false }) return gross;
        var net = WithoutTax(policy, country, gross);
        while (GrossOf(policy, country, net) > gross) net--;
        while (GrossOf(policy, country, net + 1) <= gross) net++;
        return net;
    }

    /// <summary>Collected money without its taxes, whether added or included.</summary>
    public static long WithoutTax(TaxPolicy? policy, string? country, long gross)
    {
        if (gross == 0 || policy is null) return gross;
        var together = 0L;
        foreach (var rate in RatesOf(policy, country)) together += rate.MilliPercent;
        return Money.MultiplyDivide(gross, PriceReduction.WholeMilliPercent, PriceReduction.WholeMilliPercent + together);
    }

    /// <summary>
    /// The part of <paramref name="whole"/> (a tax) that belongs to the money from <paramref name="before"/> to
    /// <paramref name="after"/> out of <paramref name="total"/>. It is rounded cumulatively, so the parts sum to the whole. 0 for
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
