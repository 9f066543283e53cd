using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Parts;

/// <summary>One invoice per period, paid in monthly parts that sum to it.</summary>
public sealed class PartsTests
{
    private static Given InParts(long amount = 12_000, int parts = 12) => Given.Yearly(amount).OfPlan(p => p with { Installments = parts });

    private static long[] Captured(Timeline life) => [.. life.Invoice(1).Captures.Select(capture => capture.Amount)];

    private static string[] Days(Timeline life) => [.. life.All<SubscriptionEvent.ChargeSucceeded>().Select(e => When.Day(e.At)[5..])];

    [Theory]
    [InlineData(12_000, 12, "1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000")]
    [InlineData(10_000, 12, "833 833 833 833 833 833 833 833 833 833 833 837")]
    [InlineData(10_000, 3, "3333 3333 3334")]
    [InlineData(23, 12, "1 1 1 1 1 1 1 1 1 1 1 12")]
    [InlineData(5, 12, "1 1 1 1 1")]
    [InlineData(1, 12, "1")]
    public void Parts_are_equal_and_the_last_takes_the_rest(long amount, int parts, string expected)
    {
        var life = InParts(amount, parts).At("2024-01-31T10:00").Subscribe().To("2025-01-30T00:00");

        Assert.Equal(expected, string.Join(' ', Captured(life)));
        Assert.Equal((InvoiceStatus.Paid, 1), (life.Invoice(1).Status, life.State.PaidRecurrences));
    }

    [Fact]
    public void Parts_of_any_total_sum_to_it() => Properties.Hold(
        from total in Gen.Choose(0, int.MaxValue).Select(total => (long)total * 47)
        from parts in Gen.Choose(1, 120)
        select (total, parts),
        c => Enumerable.Range(1, c.parts).Sum(part => Domain.Billing.Installments.PartOf(c.total, c.parts, part)) == c.total
            && Enumerable.Range(1, c.parts - 1)
                .All(part => Domain.Billing.Installments.PartOf(c.total, c.parts, part) == c.total / c.parts));

    [Fact]
    public void They_fall_due_month_by_month_counted_from_the_raw_day()
    {
        var life = InParts().At("2024-01-31T10:00").Subscribe().To("2025-01-31T09:59");

        Assert.Equal(
            ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"], Days(life));
        Assert.All(life.All<SubscriptionEvent.ChargeSucceeded>(), e => Assert.Equal("10:00", When.Text(e.At)[11..]));
    }

    [Fact]
    public void Their_hour_is_that_of_the_wall()
    {
        var life = InParts(12_000, 3).Zone("America/Sao_Paulo").AtLocal("2018-10-04T00:00").Subscribe().ToLocal("2018-12-31T00:00");

        Assert.Equal(
            ["2018-10-04T00:00-03", "2018-11-04T01:00-02", "2018-12-04T00:00-02"],
            life.All<SubscriptionEvent.ChargeSucceeded>().Select(e => When.InZone(e.At, "America/Sao_Paulo")));
    }

    [Fact]
    public void Each_part_is_a_line_for_its_month()
    {
        var life = InParts(10_000, 3).At("2024-01-31T10:00").Subscribe();

        Assert.Equal(
            ["Part 1 of 3: 3333 01-31/02-29", "Part 2 of 3: 3333 02-29/03-31", "Part 3 of 3: 3334 03-31/01-31"],
            life.Invoice(1).Lines.Select(
                line => $"{line.Description}: {line.Amount} {When.Day(line.Period!.Start)[5..]}/{When.Day(line.Period.End)[5..]}"));
    }

    [Fact]
    public void The_subscription_is_active_with_the_first_part_and_the_recurrence_counts_with_the_last()
    {
        var life = InParts(12_000, 3).At("2024-01-31T10:00").Subscribe();
        Assert.Equal((SubscriptionStatus.Active, 0, InvoiceStatus.Open), (life.Status, life.State.PaidRecurrences, life.Invoice(1).Status));

        life.To("2024-03-31T10:00");
        Assert.Equal((1, InvoiceStatus.Paid), (life.State.PaidRecurrences, life.Invoice(1).Status));
        Assert.Equal(When.Utc("2024-03-31T10:00"), life.Invoice(1).PaidAt);
    }

    [Fact]
    public void The_next_year_has_parts_of_its_own()
    {
        var life = InParts(12_000, 3).At("2024-01-31T10:00").Subscribe().To("2025-03-31T10:00");

        Assert.Equal(["01-31", "02-29", "03-31", "01-31", "02-28", "03-31"], Days(life));
        Assert.Equal((2, 24_000L), (life.State.PaidRecurrences, life.State.LifetimePaid));
    }

    [Fact]
    public void What_is_paid_in_parts_is_the_total_with_discount_tax_and_credit()
    {
        var given = InParts(12_000, 3).OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 20_000)]) });
        var life = given.At("2024-01-31T10:00");
        life.Tell(
            ((SubscriptionCommand.Subscribe)life.Subscription()) with
            {
                Coupon = new Coupon { Id = "C", SellerId = "seller", Reduction = new PriceReduction(25_000, null), Recurrences = 1 },
            });

        Assert.Equal("Installment 4000, Installment 4000, Installment 4000, Discount -3000, Tax 1800 = 10800", life.Bill(1));
        Assert.Equal([3600L, 3600L, 3600L], Captured(life.To("2024-03-31T10:00")));

        life.Tell(Ask.Refund(1, 500, toCredit: true)).To("2025-03-31T10:00");
        Assert.Equal([4633L, 4633L, 4634L], life.Invoice(2).Captures.Select(capture => capture.Amount));
    }

    [Fact]
    public void A_free_year_has_no_parts()
    {
        var life = InParts(0).At("2024-01-31T10:00").SubscribeWithoutMethod();

        Assert.Equal((SubscriptionStatus.Active, 0), (life.Status, life.Invoice(1).Parts));
        Assert.Empty(life.To("2024-12-31T00:00").Bank.Asked);
    }
}
