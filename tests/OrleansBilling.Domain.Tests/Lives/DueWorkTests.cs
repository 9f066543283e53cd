namespace OrleansBilling.Domain.Tests.Lives;

/// <summary>When a subscription next wakes on its own, and why.</summary>
public sealed class DueWorkTests
{
    private static readonly Instant Noon = When.Utc("2024-01-31T12:00");

    private static readonly Subscription Bare = new()
    {
        Id = Timeline.Id, OfferId = "offer", OfferVersion = 1, Customer = new Customer("customer", null), PaymentToken = "tok_a",
        Status = SubscriptionStatus.Active, CurrentPeriod = new BillingPeriod(1, Noon - Duration.FromDays(30), Noon),
    };

    private static readonly OpenInvoice Owed = new() { Number = 1, Period = Bare.CurrentPeriod!, Total = 1000 };

    private static readonly PaymentInFlight Asking = new()
    {
        Kind = PaymentKind.Charge, Invoice = 1, Attempt = 1, Amount = 1000, Token = "tok_a", RequestedAt = Noon, AskAt = Noon,
    };

    private static readonly ScheduledCancellation Cancellation = new(Noon, new Cancellation(CancellationOrigin.Customer, null, null));

    [Fact]
    public void What_is_due_at_one_instant_comes_in_this_order()
    {
        var refund = Asking with { Kind = PaymentKind.Refund };
        var all = Bare with
        {
            CancellationScheduled = Cancellation, Charge = Asking with { Invoice = 9 }, Refunds = [refund],
            OpenInvoices = [Owed with { GiveUpAt = Noon }],
        };

        Assert.Equal(new DueWork(Noon, DueKind.Cancellation, 0), DueWork.Next(all));
        Assert.Equal(new DueWork(Noon, DueKind.GiveUp, 1), DueWork.Next(all with { CancellationScheduled = null }));
        Assert.Equal(new DueWork(Noon, DueKind.Boundary, 0), DueWork.Next(all with { CancellationScheduled = null, OpenInvoices = [] }));
        Assert.Equal(
            new DueWork(Noon, DueKind.Attempt, 1),
            DueWork.Next(
                all with
                {
                    CancellationScheduled = null, Charge = null, TermEnded = true, OpenInvoices = [Owed with { NextAttemptAt = Noon }],
                }));
        Assert.Equal(new DueWork(Noon, DueKind.AskRefund, 1, 1), DueWork.Next(all with { Status = SubscriptionStatus.Canceled }));
        Assert.Equal(
            new DueWork(Noon, DueKind.AskCharge, 9), DueWork.Next(all with { Status = SubscriptionStatus.Canceled, Refunds = [] }));
    }

    [Fact]
    public void The_earliest_comes_first_whatever_it_is()
    {
        var earlier = Noon - Duration.FromSeconds(1);
        var state = Bare with { CancellationScheduled = Cancellation, OpenInvoices = [Owed with { NextAttemptAt = earlier }] };

        Assert.Equal(new DueWork(earlier, DueKind.Attempt, 1), DueWork.Next(state));
    }

    [Fact]
    public void Of_two_invoices_due_at_one_instant_the_older_comes_first()
    {
        var state = Bare with
        {
            TermEnded = true, OpenInvoices = [Owed with { NextAttemptAt = Noon }, Owed with { Number = 2, NextAttemptAt = Noon }],
        };

        Assert.Equal(1, DueWork.Next(state)!.Value.Invoice);
    }

    [Fact]
    public void No_attempt_is_due_while_a_charge_is_in_flight()
    {
        var state = Bare with
        {
            TermEnded = true, Charge = Asking with { AskAt = Noon + Duration.FromMinutes(1) },
            OpenInvoices = [Owed with { Number = 2, NextAttemptAt = Noon }],
        };

        Assert.Equal(DueKind.AskCharge, DueWork.Next(state)!.Value.Kind);
    }

    [Theory]
    [InlineData(SubscriptionStatus.Canceled)]
    [InlineData(SubscriptionStatus.Expired)]
    [InlineData(SubscriptionStatus.Completed)]
    [InlineData(SubscriptionStatus.Paused)]
    public void What_has_ended_or_stands_still_is_not_renewed(SubscriptionStatus status) =>
        Assert.Null(DueWork.Next(Bare with { Status = status }));
}
