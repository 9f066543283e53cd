namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class ManualRetryTests
{
    [Fact]
    public void Where_nothing_is_overdue_there_is_nothing_to_retry()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();

        Assert.Equal(("nothing_overdue", RefusalKind.Conflict), (life.Refuses(Ask.Retry()).Code, life.Refuses(Ask.Retry()).Kind));
    }

    [Fact]
    public void A_renewal_that_is_being_charged_is_not_overdue()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);

        Assert.Equal("nothing_overdue", life.To("2024-02-29T10:00").Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void A_first_payment_that_was_declined_can_be_retried_while_pending()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Soft).Tell(Ask.Retry(), By.Seller);

        Assert.Equal(["ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void While_the_overdue_invoice_is_being_charged_a_retry_is_refused()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Silence);
        life.To("2024-02-29T10:00").Tell(Ask.Retry());

        Assert.Equal("charge_in_flight", life.Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void While_another_invoice_is_being_charged_a_retry_is_refused()
    {
        var life = Given.Daily().Retries(5, 30, 7).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Silence);

        Assert.Equal("charge_in_flight", life.To("2024-01-03T10:00").Refuses(Ask.Retry()).Code);
    }

    [Fact]
    public void A_subscription_that_has_ended_is_not_retried()
    {
        var life = Given.Monthly().At("2024-01-31T10:00").SubscribeWith(Bank.Soft).Tell(Ask.Cancel());

        Assert.Equal("subscription_ended", life.Refuses(Ask.Retry()).Code);
    }
}
