namespace OrleansBilling.Domain.Tests.Access;

/// <summary>A command with several faults is refused for the first of: ownership, role, life over, present state, content.</summary>
public sealed class RefusalOrderTests
{
    private static readonly SubscriptionCommand StatedOrigin = Ask.Cancel(CancellationRefund.Full, CancellationOrigin.Customer);

    private static Timeline Active() => Given.Monthly().At("2024-01-31T10:00").Subscribe();

    private static Timeline Ended() => Active().Tell(Ask.Cancel());

    [Fact]
    public void Ownership_comes_before_role()
    {
        Assert.Equal("subscription_not_found", Active().Refuses(StatedOrigin, By.OtherSeller).Code);
        Assert.Equal("subscription_not_found", Active().Refuses(Ask.Retry(), By.OtherCustomer).Code);
        Assert.Equal("subscription_exists", Active().Refuses(Active().Subscription(), By.Customer).Code);
    }

    [Fact]
    public void Role_comes_before_the_end_of_life()
    {
        Assert.Equal("origin_forbidden", Ended().Refuses(StatedOrigin, By.Seller).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.Retry(), By.Customer).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.ExtendTrial(3), By.Customer).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.Give(0), By.Customer).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.Usage("u", "nothing", -1), By.Customer).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.Chargeback(7), By.Seller).Code);
        Assert.Equal("forbidden", Ended().Refuses(Ask.Confirm(Bank.Paid, 7), By.Customer).Code);
        Assert.Equal("refund_forbidden", Ended().Refuses(Ask.Cancel(CancellationRefund.Full), By.Customer).Code);
        Assert.Equal("refund_forbidden", Ended().Refuses(Ask.Refund(7, 0, toCredit: true), By.Customer).Code);
        Assert.Equal("given_period_forbidden", Active().Refuses(Ask.Reactivate(charge: false), By.Customer).Code);
    }

    [Fact]
    public void Role_comes_before_the_present_state()
    {
        Assert.Equal(
            "refund_forbidden",
            Active().Tell(Ask.CancelAtPeriodEnd()).Refuses(Ask.CancelAtPeriodEnd(CancellationRefund.Full), By.Customer).Code);
        Assert.Equal("forbidden", Active().SleepTo("2025-01-31T10:00").Refuses(Ask.Usage("u", "nothing", 1), By.Customer).Code);
    }

    [Fact]
    public void Role_comes_before_content_at_signup()
    {
        var life = Given.Monthly().At("2024-01-31T10:00");

        Assert.Equal("forbidden", life.Refuses(life.Subscription(token: null, startAt: When.Utc("2024-01-01T00:00")), By.Customer).Code);
        Assert.Equal("start_in_past", life.Refuses(life.Subscription(token: null, startAt: When.Utc("2024-01-01T00:00"))).Code);
    }

    [Fact]
    public void The_end_of_life_comes_before_any_state_and_content()
    {
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.CancelAtPeriodEnd(CancellationRefund.Full)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Uncancel()).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.ExtendTrial(-1)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.EndTrial()).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.ChangeMethod("tok_b")).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Quantity(0)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Pause(until: "2000-01-01T00:00")).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.BillingDate("2000-01-01T00:00")).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Refund(7, 0, toCredit: true)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Give(0)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Usage("u", "nothing", -1)).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.Retention()).Code);
        Assert.Equal("subscription_ended", Ended().Refuses(Ask.NewVoucher()).Code);
    }

    [Fact]
    public void Who_is_late_is_caught_up_before_its_state_is_looked_at()
    {
        var late = Given.Monthly().Recurrences(2).At("2024-01-31T10:00").Subscribe().SleepTo("2024-12-01T00:00");

        Assert.Equal("catching_up", late.Refuses(Ask.Quantity(0)).Code);
        Assert.Equal("subscription_ended", late.Settle().Refuses(Ask.Quantity(0)).Code);
    }

    [Fact]
    public void The_present_state_comes_before_content()
    {
        Assert.Equal("not_trialing", Active().Refuses(Ask.ExtendTrial(-1)).Code);
        Assert.Equal("cancellation_scheduled", Active().Tell(Ask.CancelAtPeriodEnd()).Refuses(Ask.Quantity(0)).Code);
        Assert.Equal("pause_scheduled", Active().Tell(Ask.Pause(EffectiveAt.PeriodEnd)).Refuses(Ask.Pause(until: "2000-01-01T00:00")).Code);
        Assert.Equal(
            "billing_date_changed", Active().Tell(Ask.BillingDate("2024-03-15T00:00")).Refuses(Ask.BillingDate("2000-01-01T00:00")).Code);
        Assert.Equal(
            "cancellation_scheduled", Active().Tell(Ask.CancelAtPeriodEnd()).Refuses(Ask.CancelAtPeriodEnd(CancellationRefund.Full)).Code);
        Assert.Equal(
            "not_canceled", Given.Monthly().Trial(7).At("2024-01-31T10:00").SubscribeWithoutMethod().Refuses(Ask.Reactivate()).Code);
    }
}
