namespace OrleansBilling.Domain.Tests.Vouchers;

/// <summary>A voucher waits to be paid. The customer is reminded once, and then it expires.</summary>
public sealed class VoucherTests
{
    /// <summary>Vouchers are valid for 3 days, with a reminder a day before they expire.</summary>
    private static readonly Given Monthly = Given.Monthly(3000);

    private static Timeline Issued(Given? given = null)
    {
        var life = (given ?? Monthly).At("2024-01-31T10:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        return life.Subscribe();
    }

    /// <summary>January is paid; the voucher of February 29 waits.</summary>
    private static Timeline OfRenewal(Given? given = null)
    {
        var life = (given ?? Monthly).At("2024-01-31T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Voucher);
        return life.To("2024-02-29T10:00");
    }

    [Fact]
    public void The_first_payment_is_awaited_and_the_voucher_has_its_end_and_its_reference()
    {
        var life = Issued();

        Assert.Equal(["Subscribed", "RecurrenceStarted", "ChargeRequested", "VoucherIssued"], life.Happened);
        Assert.Equal(SubscriptionStatus.Pending, life.Status);
        Assert.Equal(
            new PaymentVoucher(When.Utc("2024-02-03T10:00"), When.Utc("2024-02-02T10:00"), "voucher-1"), life.State.Charge!.Voucher);
        Assert.Equal("Unknown pending", $"{life.Invoice(1).Attempts[0].Outcome} {life.Invoice(1).Attempts[0].Code}");
    }

    [Fact]
    public void Paid_the_subscription_is_active_from_the_day_of_its_start()
    {
        var life = Issued().To("2024-02-02T15:00").Tell(Ask.Confirm(Bank.Paid));

        Assert.Equal(["ChargeSucceeded"], life.Happened);
        Assert.Equal(
            (SubscriptionStatus.Active, 3000L, When.Utc("2024-02-29T10:00")),
            (life.Status, life.State.LifetimePaid, life.State.CurrentPeriod!.End));
    }

    [Fact]
    public void A_renewals_voucher_leaves_the_subscription_active_while_it_waits()
    {
        var life = OfRenewal();

        Assert.Equal((SubscriptionStatus.Active, InvoiceStatus.Open), (life.Status, life.Invoice(2).Status));
        Assert.Equal(SubscriptionStatus.Active, life.To("2024-03-03T09:59").Status);
    }

    [Fact]
    public void The_provider_is_asked_daily_should_it_not_call_by_itself()
    {
        var life = Issued().To("2024-02-02T12:00");

        Assert.Equal(["02-01T10:00", "02-02T10:00"], life.All<SubscriptionEvent.PaymentAsked>().Select(e => When.Text(e.At)[5..]));

        life.Bank.AlwaysSays(Bank.Paid);
        Assert.Equal(SubscriptionStatus.Active, life.To("2024-02-03T10:00").Status);
    }

    [Theory]
    [InlineData(3, 1, "02-02T10:00")]
    [InlineData(10, 4, "02-06T10:00")]
    [InlineData(3, 0, null)]
    [InlineData(3, 3, null)]
    public void The_customer_is_reminded_once_so_many_days_before_the_end(int valid, int reminder, string? at)
    {
        var life = Issued(Monthly.OfProduct(p => p with { Voucher = new VoucherTerms(valid, reminder) })).To("2024-02-29T00:00");

        var reminded = life.All<SubscriptionEvent.VoucherReminded>().ToList();
        Assert.Equal(at is null ? [] : [at], reminded.Select(e => When.Text(e.At)[5..]));
        Assert.All(reminded, e => Assert.Equal(When.Utc("2024-01-31T10:00") + Duration.FromDays(valid), e.ExpiresAt));
    }

    [Fact]
    public void Nobody_is_reminded_of_a_voucher_that_was_paid_or_of_a_subscription_that_was_canceled()
    {
        var paid = Issued().To("2024-02-01T12:00").Tell(Ask.Confirm(Bank.Paid)).To("2024-02-10T00:00");
        Assert.Empty(paid.All<SubscriptionEvent.VoucherReminded>());

        var canceled = OfRenewal().Tell(Ask.Cancel()).To("2024-04-01T00:00");
        Assert.Empty(canceled.All<SubscriptionEvent.VoucherReminded>());
    }

    [Fact]
    public void At_its_end_the_provider_is_asked_once_more_and_then_it_has_expired()
    {
        var life = OfRenewal().To("2024-03-03T10:00");

        Assert.Equal(["PaymentAsked", "ChargeDeclined"], life.Happened[^2..]);
        Assert.Equal(("voucher_expired", SubscriptionStatus.PastDue), (life.State.OpenInvoices[0].LastCode, life.Status));
        Assert.False(life.State.PaymentBlocked);
    }

    [Fact]
    public void Its_days_are_those_of_the_products_calendar()
    {
        var life = Given.Monthly(3000).Zone("America/Sao_Paulo").OfProduct(p => p with { Voucher = new VoucherTerms(5, 1) })
            .AtLocal("2018-11-02T00:00");
        life.Bank.AlwaysSays(Bank.Voucher);
        life.Subscribe();

        Assert.Equal("2018-11-07T00:00-02", When.InZone(life.State.Charge!.Voucher!.ExpiresAt, "America/Sao_Paulo"));
    }

    [Fact]
    public void A_refusal_of_the_provider_is_a_decline_like_any_other()
    {
        var life = OfRenewal().Tell(Ask.Confirm(Bank.Soft, invoice: 2));

        Assert.Equal((SubscriptionStatus.PastDue, "insufficient_funds"), (life.Status, life.State.OpenInvoices[0].LastCode));
        Assert.Null(life.State.Charge);
    }

    [Fact]
    public void An_answer_that_nobody_understands_is_asked_for_again_and_the_voucher_stays()
    {
        var life = OfRenewal();
        life.Bank.Says(Bank.Unclear);

        life.To("2024-03-01T10:00");

        Assert.Equal(
            (When.Utc("2024-03-01T10:00") + Duration.FromSeconds(30), "voucher-1"),
            (life.DueAt!.Value, life.State.Charge!.Voucher!.Reference));
    }

    [Fact]
    public void The_parts_of_a_year_have_a_voucher_each()
    {
        var life = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 }).At("2024-01-31T10:00");
        life.Bank.Says(Bank.Voucher);
        life.Subscribe().Tell(Ask.Confirm(Bank.Paid));
        life.Bank.Says(Bank.Voucher);

        life.To("2024-02-29T10:00");
        Assert.Equal(
            (2, 1000L, When.Utc("2024-03-03T10:00")),
            (life.State.Charge!.Attempt, life.State.Charge.Amount, life.State.Charge.Voucher!.ExpiresAt));
    }
}
