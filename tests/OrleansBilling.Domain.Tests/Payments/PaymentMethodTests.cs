namespace OrleansBilling.Domain.Tests.Payments;

/// <summary>The payment method may be changed at any time. Overdue invoices are tried with it at once.</summary>
public sealed class PaymentMethodTests
{
    private static Timeline In(string situation)
    {
        var start = Given.Monthly().At("2024-01-31T10:00");
        switch (situation)
        {
            case "before its start": return start.Subscribe(startAt: "2024-02-10T00:00");
            case "first charge in flight": return start.SubscribeWith(Bank.Silence);
            case "first charge declined": return start.SubscribeWith(Bank.Soft);
            case "trialing": return Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe();
            case "active": return start.Subscribe();
            case "scheduled to be canceled": return start.Subscribe().Tell(Ask.CancelAtPeriodEnd());
            case "past due": return DeclinedSecond(Given.Monthly());
            case "left past due": return DeclinedSecond(Given.Monthly().Retries(0).OnExhausted(ExhaustedAction.LeavePastDue));
            case "paused": return DeclinedSecond(Given.Monthly().Retries(0).OnExhausted(ExhaustedAction.Pause));
            case "canceled": return start.Subscribe().Tell(Ask.Cancel());
            case "expired": return Given.Monthly().Retries(0).At("2024-01-31T10:00").SubscribeWith(Bank.Soft);
            default: return Given.Monthly().Recurrences(1).At("2024-01-31T10:00").Subscribe().To("2024-03-01T00:00");
        }
    }

    private static Timeline DeclinedSecond(Given given)
    {
        var life = given.At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        return life.To("2024-02-29T10:00");
    }

    [Theory]
    [InlineData("before its start", "PaymentMethodChanged", SubscriptionStatus.Pending)]
    [InlineData("first charge in flight", "PaymentMethodChanged", SubscriptionStatus.Pending)]
    [InlineData("first charge declined", "PaymentMethodChanged ChargeRequested ChargeSucceeded", SubscriptionStatus.Active)]
    [InlineData("trialing", "PaymentMethodChanged", SubscriptionStatus.Trialing)]
    [InlineData("active", "PaymentMethodChanged", SubscriptionStatus.Active)]
    [InlineData("scheduled to be canceled", "PaymentMethodChanged", SubscriptionStatus.Active)]
    [InlineData("past due", "PaymentMethodChanged ChargeRequested ChargeSucceeded", SubscriptionStatus.Active)]
    [InlineData("left past due", "PaymentMethodChanged ChargeRequested ChargeSucceeded", SubscriptionStatus.Active)]
    [InlineData("paused", "PaymentMethodChanged ChargeRequested ChargeSucceeded Resumed", SubscriptionStatus.Active)]
    public void Changed_in_every_status(string situation, string happened, SubscriptionStatus after)
    {
        var life = In(situation).Tell(Ask.ChangeMethod("tok_b"), By.Customer);

        Assert.Equal(happened.Split(' '), life.Happened);
        Assert.Equal((after, "tok_b"), (life.Status, life.State.PaymentToken));
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("expired")]
    [InlineData("completed")]
    public void Where_life_is_over_it_is_refused(string situation)
    {
        var refusal = In(situation).Refuses(Ask.ChangeMethod("tok_b"));

        Assert.Equal(("subscription_ended", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
        Assert.Contains(situation, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_charge_in_flight_keeps_the_method_that_it_was_requested_with()
    {
        var life = In("first charge in flight").Tell(Ask.ChangeMethod("tok_b")).Seconds(60);

        Assert.Equal(["1:1 tok_a", "1:1 tok_a"], life.Bank.Asked);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }

    [Fact]
    public void If_the_old_method_is_declined_after_the_change_the_new_one_is_tried_at_once()
    {
        var life = In("first charge in flight").Tell(Ask.ChangeMethod("tok_b")).Tell(Ask.Outcome(Bank.Soft), Caller.System);

        Assert.Equal(["ChargeDeclined", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal(["1:1 tok_a", "1:2 tok_b"], life.Bank.Asked);
        Assert.Equal("tok_a", Assert.Single(life.State.Declines).Token);
    }

    [Fact]
    public void An_overdue_invoice_waits_while_another_is_in_flight_and_is_then_tried_with_the_new_method()
    {
        var life = Given.Daily().Retries(5, 30, 7).At("2024-01-01T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Silence);
        life.To("2024-01-03T10:00").Tell(Ask.ChangeMethod("tok_b"));
        Assert.Equal(["PaymentMethodChanged"], life.Happened);

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 3), Caller.System);

        Assert.Equal(["ChargeSucceeded", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal("2:2 tok_b", life.Bank.Asked[^1]);
        Assert.Equal(SubscriptionStatus.Active, life.Status);
    }
}
