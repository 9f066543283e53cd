using System.Collections.Immutable;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Taxation;

/// <summary>Rates of the customer's country, included in the price or added to it, each rounded once.</summary>
public sealed class TaxTests
{
    private static string Taxes(bool inclusive, string? country, long taxable, params TaxRate[] rates) =>
        string.Join(' ', Domain.Billing.Taxes
        .Of(new TaxPolicy(inclusive, [.. rates]), country, taxable).Select(tax => $"{tax.Name}:{tax.Base}+{tax.Amount}"));

    private static readonly TaxRate[] Vat = [new(null, "VAT", 20_000)];

    [Theory]
    [InlineData(3000, "VAT:3000+600")]
    [InlineData(2, "VAT:2+0")]
    [InlineData(3, "VAT:3+1")]
    [InlineData(0, "VAT:0+0")]
    [InlineData(-3000, "VAT:-3000+-600")]
    [InlineData(-3, "VAT:-3+-1")]
    public void Added_it_is_a_share_of_the_sum_rounded_half_away_from_zero(long taxable, string expected) =>
        Assert.Equal(expected, Taxes(false, "DE", taxable, Vat));

    [Theory]
    [InlineData(3000, "VAT:2500+500")]
    [InlineData(1, "VAT:1+0")]
    [InlineData(3, "VAT:2+1")]
    [InlineData(5, "VAT:4+1")]
    [InlineData(-3000, "VAT:-2500+-500")]
    public void Contained_it_is_what_the_price_has_of_it(long taxable, string expected) =>
        Assert.Equal(expected, Taxes(true, "DE", taxable, Vat));

    private static readonly TaxRate[] Many =
        [new("CA", "GST", 5_000), new("CA", "QST", 9_975), new("DE", "VAT", 19_000), new("XX", "None", 0), new(null, "Other", 7_000),
            new(null, "Levy", 1_000)];

    [Theory]
    [InlineData("CA", "GST:10000+500 QST:10000+998")]
    [InlineData("DE", "VAT:10000+1900")]
    [InlineData("XX", "None:10000+0")]
    [InlineData("FR", "Other:10000+700 Levy:10000+100")]
    [InlineData(null, "Other:10000+700 Levy:10000+100")]
    [InlineData("ca", "Other:10000+700 Levy:10000+100")]
    public void Every_rate_of_the_country_applies_or_else_those_without_one(string? country, string expected) =>
        Assert.Equal(expected, Taxes(false, country, 10_000, Many));

    [Fact]
    public void Where_neither_the_country_nor_any_other_has_a_rate_there_is_no_tax() =>
        Assert.Equal("", Taxes(false, "FR", 10_000, new TaxRate("DE", "VAT", 19_000)));

    [Fact]
    public void Contained_rates_and_their_base_sum_to_the_price() =>
        Assert.Equal("GST:8698+435 QST:8698+867", Taxes(true, "CA", 10_000, Many));

    [Fact]
    public void Whatever_the_rates_contained_taxes_and_base_are_the_price_and_a_credit_is_the_mirror_of_a_charge() => Properties.Hold(
        from taxable in Gen.Choose(-1_000_000, 1_000_000)
        from rates in Gen.Choose(0, 100_000).ArrayOf(4)
        from inclusive in Gen.Elements(true, false)
        select (taxable, rates, inclusive),
        c =>
        {
            var policy = new TaxPolicy(c.inclusive, [.. c.rates.Select((rate, n) => new TaxRate(null, $"T{n}", rate))]);
            var taxes = Domain.Billing.Taxes.Of(policy, null, c.taxable);
            var mirror = Domain.Billing.Taxes.Of(policy, null, -c.taxable);
            var exact = taxes.All(
                tax => Math.Abs(tax.Amount - ((decimal)tax.Base * tax.MilliPercent / 100_000)) <= (c.inclusive ? 2 : 0.5m));
            return exact && taxes.Select(tax => tax.Amount).SequenceEqual(mirror.Select(tax => -tax.Amount))
                && (c.inclusive ? taxes[0].Base + taxes.Sum(tax => tax.Amount) == c.taxable : taxes.All(tax => tax.Base == c.taxable));
        });

    [Fact]
    public void A_part_of_a_tax_is_rounded_cumulatively() => Properties.Hold(
        from whole in Gen.Choose(0, 99_999)
        from total in Gen.Choose(1, 9_999)
        from cuts in Gen.Choose(0, 9_999).ArrayOf(4)
        select (whole, total, cuts),
        c =>
        {
            int[] cuts = [0, .. c.cuts.Select(cut => Math.Min(cut, c.total)).Order(), c.total];
            return cuts.Zip(cuts.Skip(1)).Sum(cut => Domain.Billing.Taxes.Part(c.whole, cut.First, cut.Second, c.total)) == c.whole;
        });

    [Theory]
    [InlineData(false, 1200, 1000)]
    [InlineData(false, 1, 1)]
    [InlineData(false, 0, 0)]
    [InlineData(true, 1200, 1200)]
    public void Net_is_what_added_taxes_leave(bool inclusive, long gross, long net) =>
        Assert.Equal(net, Domain.Billing.Taxes.NetOf(new TaxPolicy(inclusive, [.. ImmutableArray.Create(Vat)]), "DE", gross));

    [Fact]
    public void Whatever_the_rates_net_is_the_most_that_fits_with_its_taxes() => Properties.Hold(
        from gross in Gen.Choose(0, 1_000_000)
        from rates in Gen.Choose(0, 100_000).ArrayOf(4)
        from inclusive in Gen.Elements(true, false)
        select (gross, rates, inclusive),
        c =>
        {
            var policy = new TaxPolicy(c.inclusive, [.. c.rates.Select((rate, n) => new TaxRate(null, $"T{n}", rate))]);
            var net = Domain.Billing.Taxes.NetOf(policy, null, c.gross);
            return Gross(net) <= c.gross && Gross(net + 1) > c.gross && Domain.Billing.Taxes.NetOf(policy, null, Gross(net)) == net;

            long Gross(long amount) => amount +
                Domain.Billing.Taxes.Of(policy, null, amount).Sum(tax => tax.Inclusive ? 0 : tax.Amount);
        });
}
