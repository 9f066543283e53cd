using FsCheck.Fluent;
using OrleansBilling.Domain.Tests.Histories;

namespace OrleansBilling.Domain.Tests.Alerts;

/// <summary>Some days before a renewal the customer is told about it: once, on the right day, with the expected price.</summary>
public sealed class RenewalAlertTests
{
    private static Given Alerting(int days, Given? given = null) => (given ?? Given.Monthly(3000)).OfPlan(p => p with { AlertDays = days });

    private static string Alerts(Timeline life) => string.Join(' ', life.All<SubscriptionEvent.RenewalAlerted>()
        .Select(e => $"{When.Text(e.At)[5..]}>{When.Day(e.RenewsAt)[5..]}:{e.Amount}"));

    [Theory]
    [InlineData(3, "02-26T10:00>02-29:3000 03-28T10:00>03-31:3000 04-27T10:00>04-30:3000")]
    [InlineData(28, "02-01T10:00>02-29:3000 03-03T10:00>03-31:3000 04-02T10:00>04-30:3000")]
    [InlineData(30, "03-01T10:00>03-31:3000")]
    [InlineData(90, "")]
    public void Each_renewal_has_its_alert_unless_its_day_lies_before_the_period(int days, string alerts) =>
        Assert.Equal(alerts, Alerts(Alerting(days).At("2024-01-31T10:00").Subscribe().To("2024-04-30T10:00")));

    [Fact]
    public void Without_a_plan_that_says_so_there_are_none() =>
        Assert.Equal("", Alerts(Given.Monthly().At("2024-01-31T10:00").Subscribe().To("2024-12-01T00:00")));

    [Fact]
    public void Days_are_those_of_the_products_calendar()
    {
        const string zone = "America/Sao_Paulo";
        var life = Alerting(3, Given.Monthly(3000).Zone(zone)).AtLocal("2018-10-07T00:00").Subscribe().ToLocal("2018-11-07T00:00");

        Assert.Equal("2018-11-04T01:00-02", When.InZone(life.All<SubscriptionEvent.RenewalAlerted>().Single().At, zone));
    }

    [Fact]
    public void The_end_of_a_trial_has_one_too_and_an_extended_trial_another_day()
    {
        Assert.Equal("01-28T10:00>01-31:3000", Alerts(Alerting(3).Trial(14).At("2024-01-17T10:00").Subscribe().To("2024-01-31T10:00")));

        var extended = Alerting(3).Trial(14).At("2024-01-17T10:00").Subscribe().To("2024-01-20T00:00").Tell(Ask.ExtendTrial(10))
            .To("2024-02-10T10:00");
        Assert.Equal("02-07T10:00>02-10:3000", Alerts(extended));
    }

    [Fact]
    public void Told_already_an_extension_tells_again()
    {
        var life = Alerting(3).Trial(14).At("2024-01-17T10:00").Subscribe().To("2024-01-30T00:00").Tell(Ask.ExtendTrial(10))
            .To("2024-02-10T10:00");

        Assert.Equal("01-28T10:00>01-31:3000 02-07T10:00>02-10:3000", Alerts(life));
    }

    [Fact]
    public void A_cancellation_that_is_scheduled_silences_it_and_undone_it_comes_late()
    {
        var life = Alerting(3).At("2024-01-31T10:00").Subscribe().Tell(Ask.CancelAtPeriodEnd()).To("2024-02-27T12:00");
        Assert.Equal("", Alerts(life));

        Assert.Equal("02-27T12:00>02-29:3000", Alerts(life.Tell(Ask.Uncancel())));
        Assert.Equal("", Alerts(Alerting(3).At("2024-01-31T10:00").Subscribe().Tell(Ask.CancelAtPeriodEnd()).To("2024-04-01T00:00")));
    }

    [Fact]
    public void So_does_a_pause()
    {
        var asked = Alerting(3).At("2024-01-31T10:00").Subscribe().Tell(Ask.Pause(EffectiveAt.PeriodEnd)).To("2024-05-01T00:00");
        Assert.Equal("", Alerts(asked));

        var paused = Alerting(3).At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.Pause(until: "2024-03-10T10:00"))
            .To("2024-03-29T10:00");
        Assert.Equal("03-26T10:00>03-29:3000", Alerts(paused));

        var woken = Alerting(3).At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.Pause(until: "2024-03-10T10:00"))
            .SleepTo("2024-03-27T00:00").Settle();
        Assert.Equal("03-27T00:00>03-29:3000", Alerts(woken));
    }

    [Theory]
    [InlineData("2024-03-15T10:00", "03-12T10:00>03-15:4452")]
    [InlineData("2024-02-20T10:00", "02-17T10:00>02-20:2069")]
    public void A_moved_billing_date_moves_it_and_its_price(string to, string alerts)
    {
        var life = Alerting(3).At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.BillingDate(to)).To(to);

        Assert.Equal(alerts, Alerts(life));
        Assert.Equal(life.All<SubscriptionEvent.RenewalAlerted>().Single().Amount, life.Invoice(2).Total);
    }

    /// <summary>Regression: the alert came a month too early, computed from the old billing date.</summary>
    [Fact]
    public void A_billing_date_that_moved_to_the_day_of_payment_moves_it()
    {
        var life = Alerting(3, Given.Monthly(3000).MovingBillingDate()).At("2024-01-31T10:00").Subscribe().To("2024-02-28T00:00");
        life.Bank.Says(Bank.Soft, Bank.Soft, Bank.Paid);

        Assert.Equal("02-26T10:00>02-29:3000 04-01T10:00>04-04:3000", Alerts(life.To("2024-04-04T10:00")));
    }

    [Fact]
    public void After_a_change_the_new_plan_says_when_and_the_new_price_how_much()
    {
        var given = Alerting(3);
        var week = Alerting(7).OfPlan(p => p with { Id = "week" }).OfOffer(o => o with { Id = "new", PlanId = "week", Amount = 5000 })
            .Terms();

        Assert.Equal(
            "02-22T10:00>02-29:5000",
            Alerts(given.At("2024-01-31T10:00").Subscribe().To("2024-02-10T10:00").Tell(Ask.ChangePlan(week)).To("2024-02-29T10:00")));
        Assert.Equal(
            "02-26T10:00>02-29:5000",
            Alerts(given.At("2024-01-31T10:00").Subscribe().Tell(Ask.ChangePlan(week, EffectiveAt.PeriodEnd)).To("2024-02-29T10:00")));
        Assert.Equal(
            "01-24T10:00>01-31:5000",
            Alerts(given.Trial(14).At("2024-01-17T10:00").Subscribe().Tell(Ask.ChangePlan(week)).To("2024-01-31T10:00")));
    }

    [Fact]
    public void The_last_period_of_a_term_has_none()
    {
        Assert.Equal(
            "02-26T10:00>02-29:3000", Alerts(Alerting(3).Recurrences(2).At("2024-01-31T10:00").Subscribe().To("2024-04-30T10:00")));
        Assert.Equal(
            "", Alerts(
                Alerting(3).Recurrences(1).At("2024-01-31T10:00").Subscribe().Tell(Ask.BillingDate("2024-02-20T10:00"))
                    .To("2024-04-30T10:00")));
        Assert.Equal(
            "", Alerts(
                Alerting(3).Recurrences(1).At("2024-01-31T10:00").Subscribe().Tell(Ask.Pause(until: "2024-02-02T10:00"))
                    .To("2024-04-30T10:00")));
        Assert.Equal(
            "", Alerts(Alerting(3).Recurrences(1).At("2024-01-31T10:00").Subscribe().Tell(Ask.Quantity(2)).To("2024-04-30T10:00")));
    }

    [Fact]
    public void A_new_term_has_them_as_if_it_were_the_first()
    {
        var given = Alerting(3).Recurrences(3);
        var life = given.At("2024-01-01T00:00").Subscribe().To("2024-03-02T00:00");
        Assert.Equal(2, life.All<SubscriptionEvent.RenewalAlerted>().Count());

        life.Tell(Ask.ChangePlan(given.Other("weekly", 700, 1, IntervalUnit.Week).Terms())).To("2024-05-01T00:00");
        Assert.Equal(["03-06", "03-13"], life.All<SubscriptionEvent.RenewalAlerted>().Skip(2).Select(e => When.Day(e.At)[5..]));
    }

    [Fact]
    public void Its_price_knows_of_discounts_usage_taxes_and_credit()
    {
        var given = Alerting(3).OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) })
            .OfOffer(
                o => o with
                {
                    Meters = [
                        new Meter
                        {
                            Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                            Price = new UnitPrice(10),
                        }],
                });
        var life = given.At("2024-01-31T10:00").Subscribe().Tell(Ask.Usage("u1", "m", 7)).Tell(Ask.Refund(1, 200, toCredit: true))
            .Tell(Ask.Coupon(new Coupon { Id = "C", SellerId = "seller", Reduction = new PriceReduction(50_000, null), Recurrences = 1 }))
                .To("2024-02-29T10:00");

        Assert.Equal("02-26T10:00>02-29:1527", Alerts(life));
        Assert.Equal("Recurrence 3000, Discount -1500, Usage 70, Tax 157, CreditApplied -200 = 1527", life.Bill(2));
    }

    [Fact]
    public void Usage_of_a_trial_is_not_in_it()
    {
        var given = Alerting(3).Trial(14)
            .OfOffer(
                o => o with
                {
                    Meters = [
                        new Meter
                        {
                            Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                            Price = new UnitPrice(10),
                        }],
                });

        Assert.Equal(
            "01-28T10:00>01-31:3000",
            Alerts(given.At("2024-01-17T10:00").Subscribe().Tell(Ask.Usage("u1", "m", 7)).To("2024-01-31T10:00")));
    }

    [Fact]
    public void What_will_be_paid_by_credit_is_announced_as_nothing() =>
        Assert.Equal(
            "02-26T10:00>02-29:0",
            Alerts(Alerting(3).At("2024-01-31T10:00").Subscribe().Tell(Ask.Refund(1, toCredit: true)).To("2024-02-29T10:00")));

    /// <summary>24,000 a year in twelve parts: 2,000 is charged, not 24,000.</summary>
    [Theory]
    [InlineData(24_000, 12, "2000 of 24000")]
    [InlineData(10_000, 3, "3333 of 10000")]
    [InlineData(5, 12, "1 of 5")]
    [InlineData(1, 12, "1 of ")]
    [InlineData(24_000, 1, "24000 of ")]
    public void Paid_in_parts_it_names_the_first_and_the_total_beside_it(long amount, int parts, string told)
    {
        var life = Alerting(3, Given.Yearly(amount)).OfPlan(p => p with { Installments = parts }).At("2024-01-31T10:00").Subscribe()
            .To("2025-01-31T10:00");
        var alert = life.All<SubscriptionEvent.RenewalAlerted>().Single();

        Assert.Equal(told, $"{alert.Amount} of {alert.Total}");
        Assert.Equal(alert.Amount, life.All<SubscriptionEvent.ChargeRequested>().Single(charge => charge.Invoice == 2).Amount);
    }

    [Fact]
    public void Credit_and_usage_are_shared_by_the_parts_and_credit_for_all_of_it_leaves_none()
    {
        var given = Alerting(3, Given.Yearly(24_000)).OfPlan(p => p with { Installments = 12 })
            .OfOffer(
                o => o with
                {
                    Meters = [
                        new Meter
                        {
                            Id = "m", Name = "M", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                            Price = new UnitPrice(10),
                        }],
                });
        Assert.Equal("2300 of 27600", Told(given.At("2024-01-31T10:00").Subscribe().Tell(Ask.Usage("u", "m", 360))));

        var credited = given.At("2024-01-31T10:00").Subscribe().To("2025-01-15T00:00");
        Assert.Equal("0 of ", Told(credited.Tell(Ask.Refund(1, toCredit: true))));

        static string Told(Timeline life)
        {
            var alert = life.To("2025-01-31T10:00").All<SubscriptionEvent.RenewalAlerted>().Single();
            return $"{alert.Amount} of {alert.Total}";
        }
    }

    /// <summary>In every market, the price of an alert equals the bill if nothing happened in between.</summary>
    [Fact]
    public void An_alerts_price_is_the_bill()
    {
        var compared = 0;
        Properties.Hold(
            from market in Gen.Choose(0, int.MaxValue - 1)
            from steps in Gen.Choose(0, int.MaxValue - 1).ArrayOf(8)
            select new Script(market, [.. steps]),
            script =>
            {
                var life = RandomLife.Begin(script).Life;
                life.To(life.Now + Duration.FromDays(70));
                var pairs = Announced(life.Events).ToList();
                compared += pairs.Count;
                return pairs.All(pair => (pair.Alert.Amount, pair.Alert.Total) == Asked(pair.Renewal.Invoice));
            },
            count: 700);
        Assert.True(compared > 300, $"only {compared} alerts had a bill to compare with");
    }

    /// <summary>The first charge of a bill, and the total if it differs.</summary>
    private static (long Amount, long? Total) Asked(IssuedInvoice invoice) => invoice.Parts == 0
        ? (Math.Max(0, invoice.Total), null)
        : (Domain.Billing.Installments.PartOf(invoice.Total, invoice.Parts, 1), invoice.Total);

    /// <summary>Alerts that were followed only by the renewal itself, including its scheduled change.</summary>
    private static IEnumerable<(SubscriptionEvent.RenewalAlerted Alert, SubscriptionEvent.RecurrenceStarted Renewal)> Announced(
        IReadOnlyList<SubscriptionEvent> events)
    {
        for (var n = 0; n < events.Count; n++)
        {
            if (events[n] is not SubscriptionEvent.RenewalAlerted alert) continue;
            var next = events.Skip(n + 1).SkipWhile(e => e is SubscriptionEvent.PlanChanged && e.At == alert.RenewsAt).FirstOrDefault();
            if (next is SubscriptionEvent.RecurrenceStarted renewal && renewal.Period.Start == alert.RenewsAt)
                yield return (alert, renewal);
        }
    }
}
