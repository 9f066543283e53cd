using NodaTime.TimeZones;

namespace OrleansBilling.Domain.Tests.Catalog;

public sealed class OfferTermsTests
{
    private static readonly Product Product = new(
        "product", "seller", "Product", "America/Sao_Paulo", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
    private static readonly Plan Plan = new("plan", "product", "Plan", new BillingInterval(IntervalUnit.Month, 1), 0, null, null);
    private static readonly Offer Offer = new("offer", 1, "plan", 2990, "BRL");

    [Fact]
    public void Terms_know_their_zone_currency_and_policy()
    {
        var terms = new OfferTerms(Product, Plan, Offer);

        Assert.Equal("America/Sao_Paulo", terms.Zone.Id);
        Assert.Equal(new Currency("BRL", 2), terms.Currency);
        Assert.Same(DunningPolicy.Default, terms.Dunning);
    }

    [Fact]
    public void A_plans_own_dunning_policy_goes_before_the_products()
    {
        var lenient = DunningPolicy.Default with { OnExhausted = ExhaustedAction.LeavePastDue };

        Assert.Equal(lenient, new OfferTerms(Product, Plan with { Dunning = lenient }, Offer).Dunning);
    }

    [Fact]
    public void What_does_not_belong_together_is_not_put_together()
    {
        Assert.Throws<ArgumentException>(() => new OfferTerms(Product, Plan with { ProductId = "other" }, Offer));
        Assert.Throws<ArgumentException>(() => new OfferTerms(Product, Plan, Offer with { PlanId = "other" }));
        Assert.Throws<ArgumentException>(() => new OfferTerms(Product, Plan, Offer with { Currency = "XXX" }));
        Assert.Throws<DateTimeZoneNotFoundException>(() => new OfferTerms(Product with { TimeZone = "Mars/Olympus" }, Plan, Offer));
    }

    [Theory]
    [InlineData(IntervalUnit.Day, 3_660)]
    [InlineData(IntervalUnit.Week, 520)]
    [InlineData(IntervalUnit.Month, 120)]
    [InlineData(IntervalUnit.Year, 10)]
    public void A_period_is_about_ten_years_at_most(IntervalUnit unit, int countMax) =>
        Assert.Equal(countMax, BillingInterval.CountMax(unit));

    [Fact]
    public void Policies_are_equal_by_content()
    {
        var same = new DunningPolicy(5, 30, [1, 3, 5, 7, 7], false, ExhaustedAction.Cancel);

        Assert.Equal(DunningPolicy.Default, same);
        Assert.Equal(DunningPolicy.Default.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(DunningPolicy.Default, same with { ScheduleDays = [1, 3, 5, 7, 8] });
        Assert.NotEqual(DunningPolicy.Default, same with { MaxRetries = 4 });
    }
}
