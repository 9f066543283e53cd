using FsCheck;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Changes;

public sealed class SeveralChangesTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Priced(long amount) => Monthly.OfOffer(o => o with { Id = $"offer-{amount}", Amount = amount }).Terms();

    [Fact]
    public void Up_and_down_in_one_period_each_from_where_the_last_one_left_it()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe()
            .To("2024-06-11T00:00").Tell(Ask.ChangePlan(Priced(6000)))
            .To("2024-06-21T00:00").Tell(Ask.ChangePlan(Priced(1500)))
            .To("2024-06-26T00:00").Tell(Ask.ChangePlan(Priced(9000)));

        Assert.Equal(
            [
                "ProrationCredit -2000, ProrationCharge 4000 = 2000",
                "ProrationCredit -2000, ProrationCharge 500 = -1500",
                "ProrationCredit -250, ProrationCharge 1500, CreditApplied -1250 = 0",
            ],
            life.Invoices.Skip(1).Select(Bills.Text));
        Assert.Equal((250L, 5000L), (life.State.Credit, life.State.LifetimePaid));
        Assert.Equal("Recurrence 9000, CreditApplied -250 = 8750", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void To_and_fro_at_one_instant_costs_nothing()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

        life.Tell(Ask.ChangePlan(Priced(9000))).Tell(Ask.ChangePlan(Monthly.Terms())).Tell(Ask.ChangePlan(Priced(9000)))
            .Tell(Ask.ChangePlan(Monthly.Terms()));

        Assert.Equal(3000, life.State.LifetimePaid - life.State.Credit);
    }

    [Fact]
    public void Credit_of_a_downgrade_is_consumed_invoice_by_invoice_until_it_is_gone()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().Tell(Ask.ChangePlan(Priced(700))).To("2024-10-01T00:00");

        Assert.Equal(
            [
                "ProrationCredit -3000, ProrationCharge 700 = -2300",
                "Recurrence 700, CreditApplied -700 = 0",
                "Recurrence 700, CreditApplied -700 = 0",
                "Recurrence 700, CreditApplied -700 = 0",
                "Recurrence 700, CreditApplied -200 = 500",
            ],
            life.Invoices.Skip(1).Select(Bills.Text));
        Assert.Equal((0L, 3500L), (life.State.Credit, life.State.LifetimePaid));
        
        // Credit pays a recurrence like money does.
        Assert.Equal(5, life.State.PaidRecurrences);
    }

    private sealed record Case(long[] Prices, int[] Minutes);

    private static Gen<Case> Cases =>
        from prices in Gen.Choose(0, 9_999_999).Select(price => (long)price).ListOf(6)
        from minutes in Gen.Choose(0, 30 * 24 * 60).ListOf(5)
        select new Case([.. prices], [.. minutes.Order()]);

    /// <summary>
    /// With any changes in a period, its cost is the price at each time weighted by its share of the period, within one minor
    /// unit per change.
    /// </summary>
    [Fact]
    public void However_often_it_is_changed_each_price_is_paid_for_its_own_time() => Properties.Hold(Cases, c =>
    {
        var start = When.Utc("2024-06-01T00:00");
        var life = new Timeline(Priced(c.Prices[0]), start) { Thorough = false };
        life.Subscribe();
        var exact = 0m;
        for (var n = 0; n <= c.Minutes.Length; n++)
        {
            var from = n == 0 ? 0 : c.Minutes[n - 1];
            var to = n == c.Minutes.Length ? 30 * 24 * 60 : c.Minutes[n];
            exact += (decimal)c.Prices[n] * (to - from) / (30 * 24 * 60);
            if (n < c.Minutes.Length)
                life.To(start + Duration.FromMinutes(to)).Decide(Ask.ChangePlan(Priced(c.Prices[n + 1])), By.Customer);
            life.Settle();
        }

        life.Laws.HoldWhole();
        var billed = life.Invoices.Where(invoice => invoice.Period.Index == 1).Sum(invoice => invoice.Total + invoice.CreditApplied);
        return Math.Abs(billed - exact) <= 2 * c.Minutes.Length;
    });
}
