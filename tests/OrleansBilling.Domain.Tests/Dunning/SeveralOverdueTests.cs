namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class SeveralOverdueTests
{
    /// <summary>A daily plan. Days 2, 3 and 4 are declined and wait for their retries.</summary>
    private static Timeline ThreeDaysOwed(ExhaustedAction action = ExhaustedAction.Cancel)
    {
        var life = Given.Daily().Retries(5, 30, 7).OnExhausted(action).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        return life.To("2024-01-04T12:00");
    }

    [Fact]
    public void Each_overdue_invoice_has_its_own_dunning()
    {
        var life = ThreeDaysOwed();

        Assert.Equal([2, 3, 4], life.State.OpenInvoices.Select(invoice => invoice.Number));
        Assert.Equal(["01-09", "01-10", "01-11"], life.State.OpenInvoices.Select(invoice => When.Day(invoice.NextAttemptAt!.Value)[5..]));
    }

    [Fact]
    public void A_manual_retry_takes_the_oldest()
    {
        var life = ThreeDaysOwed();
        life.Bank.Says(Bank.Paid);

        life.Tell(Ask.Retry());

        Assert.Equal("2:2 tok_a", life.Bank.Asked[^1]);
        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        Assert.Equal([3, 4], life.State.OpenInvoices.Select(invoice => invoice.Number));
    }

    [Fact]
    public void Another_method_is_tried_on_all_of_them_one_after_the_other()
    {
        var life = ThreeDaysOwed();
        life.Bank.AlwaysSays(Bank.Paid);

        life.Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal(["2:2 tok_b", "3:2 tok_b", "4:2 tok_b"], life.Bank.Asked[^3..]);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void It_is_past_due_until_the_last_is_paid()
    {
        var life = ThreeDaysOwed();
        life.Bank.Says(Bank.Paid, Bank.Paid, Bank.Soft);

        life.Tell(Ask.ChangeMethod("tok_b"));

        Assert.Equal(SubscriptionStatus.PastDue, life.Status);
        Assert.Equal([4], life.State.OpenInvoices.Select(invoice => invoice.Number));
    }

    [Fact]
    public void The_first_to_be_exhausted_cancels_and_closes_all()
    {
        var life = Given.Daily().Retries(1, 30, 3).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);

        life.To("2024-02-01T00:00");

        Assert.Equal((SubscriptionStatus.Canceled, When.Utc("2024-01-05T10:00")), (life.Status, life.State.CanceledAt!.Value));
        Assert.All(life.Invoices.Skip(1), invoice => Assert.Equal(InvoiceStatus.Uncollectible, invoice.Status));
    }

    /// <summary>The fourth unpaid day is issued at the instant at which the first exhausts dunning, and is never tried.</summary>
    internal static Timeline PausedWithFourDaysOwed()
    {
        var life = Given.Daily().Retries(1, 30, 3).OnExhausted(ExhaustedAction.Pause).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-02-01T00:00");
        life.Bank.AlwaysSays(Bank.Paid);
        return life;
    }

    [Fact]
    public void Paused_with_several_overdue_it_resumes_only_when_all_are_paid()
    {
        var life = PausedWithFourDaysOwed();
        Assert.Equal(
            [(2, true), (3, true), (4, true), (5, false)], life.State.OpenInvoices.Select(invoice => (invoice.Number, invoice.Overdue)));

        life.Tell(Ask.Retry()).Tell(Ask.Retry());
        Assert.Equal(SubscriptionStatus.Paused, life.Status);

        life.Tell(Ask.Retry());
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void One_invoice_is_retried_by_name_only_if_it_is_the_oldest_overdue_one()
    {
        var life = PausedWithFourDaysOwed();

        Assert.Equal("invoice_not_found", life.Refuses(Ask.RetryInvoice(6)).Code);
        Assert.Equal("invoice_not_overdue", life.Refuses(Ask.RetryInvoice(1)).Code);
        Assert.Equal("older_invoice_overdue", life.Refuses(Ask.RetryInvoice(3)).Code);
        life.Tell(Ask.RetryInvoice(2)).Tell(Ask.RetryInvoice(3));
        Assert.Equal(["2:3 tok_a", "3:2 tok_a"], life.Bank.Asked[^2..]);
        Assert.Equal("invoice_not_overdue", life.Refuses(Ask.RetryInvoice(3)).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void While_paused_a_decline_plans_nothing_and_ends_nothing(bool hard)
    {
        var life = PausedWithFourDaysOwed().Tell(Ask.Retry());
        life.Bank.Says(hard ? Bank.Hard : Bank.Soft);

        life.Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeDeclined"], life.Happened);
        Assert.False(life.State.FindOpenInvoice(3)!.Exhausted);
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void What_was_not_tried_before_the_pause_is_tried_after_it()
    {
        var life = PausedWithFourDaysOwed().Tell(Ask.Retry()).Tell(Ask.Retry()).Tell(Ask.Retry());

        Assert.Equal(["4:2 tok_a", "5:1 tok_a", "6:1 tok_a"], life.Bank.Asked[^3..]);
        Assert.All(life.Invoices, invoice => Assert.Equal(InvoiceStatus.Paid, invoice.Status));
    }
}
