namespace OrleansBilling.Domain.Tests.Access;

/// <summary>What is at fault in several ways is refused for the first of: ownership, role, life over, present state, content.</summary>
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
    }

    [Fact]
    public void The_present_state_comes_before_content()
    {
        Assert.Equal("not_trialing", Active().Refuses(Ask.ExtendTrial(-1)).Code);
        Assert.Equal("cancellation_scheduled", Active().Tell(Ask.CancelAtPeriodEnd()).Refuses(Ask.CancelAtPeriodEnd(CancellationRefund.Full)).Code);
        Assert.Equal("not_canceled", Given.Monthly().Trial(7).At("2024-01-31T10:00").SubscribeWithoutMethod().Refuses(Ask.Reactivate()).Code);
    }
}
