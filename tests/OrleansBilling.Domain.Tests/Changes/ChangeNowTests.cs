namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>An immediate change with the same interval: credits unused time, charges the rest at the new price, keeps the period.</summary>
public sealed class ChangeNowTests
{
    private static readonly Given Monthly = Given.Monthly(3000);

    private static OfferTerms Priced(long amount) => Monthly.OfOffer(o => o with { Id = "new", Amount = amount }).Terms();

    [Theory]
    [InlineData("2024-06-01T00:00", 6000, "ProrationCredit -3000, ProrationCharge 6000 = 3000", 0)]
    [InlineData("2024-06-11T00:00", 6000, "ProrationCredit -2000, ProrationCharge 4000 = 2000", 0)]
    [InlineData("2024-06-16T12:00", 4500, "ProrationCredit -1450, ProrationCharge 2175 = 725", 0)]
    [InlineData("2024-06-11T00:00", 1500, "ProrationCredit -2000, ProrationCharge 1000 = -1000", 1000)]
    [InlineData("2024-06-11T00:00", 0, "ProrationCredit -2000, ProrationCharge 0 = -2000", 2000)]
    [InlineData("2024-06-30T23:00", 6000, "ProrationCredit -4, ProrationCharge 8 = 4", 0)]
    [InlineData("2024-06-30T23:59", 6000, "ProrationCredit 0, ProrationCharge 0 = 0", 0)]
    public void The_unused_share_is_set_against_the_rest_at_the_new_price(string at, long amount, string bill, long credit)
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To(at).Tell(Ask.ChangePlan(Priced(amount)));

        Assert.Equal(bill, life.Bill(2));
        Assert.Equal(credit, life.State.Credit);
        Assert.Equal(new BillingPeriod(1, When.Utc("2024-06-01T00:00"), When.Utc("2024-07-01T00:00")), life.State.CurrentPeriod);
        Assert.Equal((SubscriptionStatus.Active, "new"), (life.Status, life.State.OfferId));
        Assert.Equal($"Recurrence {amount}", life.To("2024-07-01T00:00").Bill(3).Split([" =", ","], StringSplitOptions.None)[0]);
    }

    [Fact]
    public void The_month_end_anchor_is_kept()
    {
        var life = Given.Monthly(3100).At("2024-01-31T10:00").Subscribe().To("2024-02-15T10:00").Tell(Ask.ChangePlan(Priced(6200)));

        // 15 of 29 days are used: 1603.45 of 3100; 14 of 29 are left: 2993.10 of 6200.
        Assert.Equal("ProrationCredit -1497, ProrationCharge 2993 = 1496", life.Bill(2));
        Assert.Equal("01-31/02-29 02-15/02-29 02-29/03-31 03-31/04-30", life.To("2024-03-31T10:00").Periods());
    }

    [Theory]
    [InlineData(
        "2024-02-29T00:00", "2024-06-08T00:00", "2025-02-28T00:00", 36_500, "ProrationCredit -26500, ProrationCharge 53000 = 26500")]
    [InlineData(
        "2023-03-01T00:00", "2023-06-09T00:00", "2024-03-01T00:00", 36_600, "ProrationCredit -26600, ProrationCharge 53200 = 26600")]
    [InlineData("2024-01-01T00:00", "2024-12-31T00:00", "2025-01-01T00:00", 36_600, "ProrationCredit -100, ProrationCharge 200 = 100")]
    public void A_leap_day_is_a_day_of_its_year(string start, string at, string end, long price, string bill)
    {
        var yearly = Given.Yearly(price);
        var life = yearly.At(start).Subscribe().To(at)
            .Tell(Ask.ChangePlan(yearly.OfOffer(o => o with { Id = "new", Amount = 2 * price }).Terms()));

        Assert.Equal(bill, life.Bill(2));
        Assert.Equal(When.Utc(end), life.State.CurrentPeriod!.End);
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-10-15T00:00", "2018-11-04T03:00", 7430, "ProrationCredit -2630, ProrationCharge 5260 = 2630")]
    [InlineData("Europe/Berlin", "2024-10-01T00:00", "2024-10-27T00:00", 7450, "ProrationCredit -1190, ProrationCharge 2380 = 1190")]
    [InlineData("Europe/Berlin", "2024-10-01T00:00", "2024-10-27T01:00", 7450, "ProrationCredit -1180, ProrationCharge 2360 = 1180")]
    public void Time_that_passed_counts_not_what_the_clock_on_the_wall_says(string zone, string start, string at, long price, string bill)
    {
        var given = Given.Monthly(price).Zone(zone);
        var life = given.AtLocal(start).Subscribe().To(at)
            .Tell(Ask.ChangePlan(given.OfOffer(o => o with { Id = "new", Amount = 2 * price }).Terms()));

        Assert.Equal(bill, life.Bill(2));
    }

    [Fact]
    public void The_new_price_is_charged_at_once_and_a_negative_total_is_not()
    {
        var up = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Priced(6000)));
        Assert.Equal(["PlanChanged", "InvoiceIssued", "ChargeRequested", "ChargeSucceeded"], up.Happened);
        Assert.Equal((5000L, 1), (up.State.LifetimePaid, up.State.PaidRecurrences));

        var down = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.ChangePlan(Priced(1500)));
        Assert.Equal(["PlanChanged", "InvoiceIssued"], down.Happened);
        Assert.Equal(InvoiceStatus.Paid, down.Invoice(2).Status);
    }

    [Fact]
    public void A_declined_change_is_past_due_and_recovers_like_any_invoice()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);

        life.Tell(Ask.ChangePlan(Priced(6000)));
        Assert.Equal((SubscriptionStatus.PastDue, When.Utc("2024-06-12T00:00")), (life.Status, life.DueAt!.Value));

        life.To("2024-06-12T00:00");
        Assert.Equal((SubscriptionStatus.Active, 5000L, 1), (life.Status, life.State.LifetimePaid, life.State.PaidRecurrences));
        Assert.Equal(When.Utc("2024-07-01T00:00"), life.State.CurrentPeriod!.End);
    }

    [Fact]
    public void What_was_charged_for_a_change_never_moves_the_billing_date()
    {
        var moving = Monthly.MovingBillingDate();
        var life = moving.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);

        life.Tell(Ask.ChangePlan(moving.OfOffer(o => o with { Id = "new", Amount = 6000 }).Terms())).To("2024-06-12T00:00");

        Assert.Equal((SubscriptionStatus.Active, When.Utc("2024-07-01T00:00")), (life.Status, life.State.CurrentPeriod!.End));
    }

    [Fact]
    public void Missed_periods_are_billed_before_the_change_at_the_price_of_then()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().SleepTo("2024-07-02T00:00");

        life.Tell(Ask.ChangePlan(Priced(6200)));

        Assert.Equal("Recurrence 3000 = 3000", life.Bill(2));
        Assert.Equal("07-01/08-01", life.Periods().Split(' ')[1]);

        // The renewal's charge is still in flight. Nobody gets credit for something unpaid.
        Assert.Equal("ProrationCredit 0, ProrationCharge 6000 = 6000", life.Bill(3));
        Assert.Equal(("ProrationCredit -2903 = -2903", 2903L), (life.Bill(4), life.State.Credit));
    }

    [Fact]
    public void More_than_one_missed_period_is_caught_up_first()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().SleepTo("2024-09-02T00:00");

        Assert.Equal("catching_up", life.Refuses(Ask.ChangePlan(Priced(6000))).Code);
        Assert.Single(life.Invoices);

        life.Settle().Tell(Ask.ChangePlan(Priced(6000)));
        Assert.Equal("06-01/07-01 07-01/08-01 08-01/09-01 09-01/10-01 09-02/10-01", life.Periods());
    }
}
