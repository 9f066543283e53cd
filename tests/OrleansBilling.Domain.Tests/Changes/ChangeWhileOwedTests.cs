namespace OrleansBilling.Domain.Tests.Changes;

/// <summary>
/// A change while the running period is unpaid. The period stays owed, and what the change left unused of it becomes credit
/// once it is paid.
/// </summary>
public sealed class ChangeWhileOwedTests
{
    private static readonly Given Monthly = Given.Monthly(3000).Retries(1, 60, 59);

    private static OfferTerms Priced(long amount) => Monthly.OfOffer(o => o with { Id = "new", Amount = amount }).Terms();

    /// <summary>June is declined and retried only on July 30.</summary>
    private static Timeline OwingJune()
    {
        var life = Monthly.At("2024-05-01T00:00").Subscribe();
        life.Bank.Says(Bank.Soft);
        return life.To("2024-06-11T00:00");
    }

    [Theory]
    [InlineData(1500, "ProrationCredit 0, ProrationCharge 1000 = 1000")]
    [InlineData(6000, "ProrationCredit 0, ProrationCharge 4000 = 4000")]
    public void What_is_owed_stays_owed_and_there_is_no_credit_for_it(long amount, string bill)
    {
        var life = OwingJune().Tell(Ask.ChangePlan(Priced(amount)));

        Assert.Equal(bill, life.Bill(3));
        Assert.Equal((SubscriptionStatus.PastDue, 0L), (life.Status, life.State.Credit));
        Assert.Equal(
            [(2, 3000L, 2000L)], life.State.OpenInvoices.Select(invoice => (invoice.Number, invoice.Total, invoice.UnusedWhenPaid)));
    }

    [Fact]
    public void Paid_at_last_its_unused_part_becomes_credit_for_later_invoices()
    {
        var life = OwingJune().Tell(Ask.ChangePlan(Priced(1500))).To("2024-06-20T00:00").Tell(Ask.Retry());

        Assert.Equal(["ChargeRequested", "ChargeSucceeded", "InvoiceIssued"], life.Happened);
        Assert.Equal((SubscriptionStatus.Active, "ProrationCredit -2000 = -2000", 2000L), (life.Status, life.Bill(4), life.State.Credit));

        life.To("2024-08-01T00:00");
        Assert.Equal(
            ["Recurrence 1500, CreditApplied -1500 = 0", "Recurrence 1500, CreditApplied -500 = 1000"],
            life.Invoices.Skip(4).Select(Bills.Text));
    }

    [Fact]
    public void Never_paid_it_leaves_no_credit_behind()
    {
        var life = OwingJune().Tell(Ask.ChangePlan(Priced(1500))).Tell(Ask.Cancel());

        Assert.Equal((InvoiceStatus.Void, 0L), (life.Invoice(2).Status, life.State.Credit));
    }

    [Fact]
    public void Changed_to_another_interval_the_new_term_starts_and_the_old_invoice_stays_owed()
    {
        var life = OwingJune().Tell(Ask.ChangePlan(Monthly.Other("weekly", 700, 1, IntervalUnit.Week).Terms()));

        Assert.Equal("Recurrence 700, ProrationCredit 0 = 700", life.Bill(3));
        Assert.Equal((SubscriptionStatus.PastDue, 2000L), (life.Status, Assert.Single(life.State.OpenInvoices).UnusedWhenPaid));
        Assert.Equal(2000, life.Tell(Ask.Retry()).State.Credit);
    }

    /// <summary>June's unused part is credit by then, so going back to June would count it twice. A random life met this.</summary>
    [Fact]
    public void Once_the_old_invoice_is_paid_the_change_stands_even_if_its_own_invoice_is_never_paid()
    {
        var life = OwingJune();
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Monthly.Other("weekly", 700, 1, IntervalUnit.Week).Terms())).Tell(Ask.Retry());
        Assert.Equal((2000L, 3), (life.State.Credit, Assert.Single(life.State.OpenInvoices).Number));

        life.Tell(Ask.Cancel()).Tell(Ask.Reactivate(charge: false));

        Assert.Equal(InvoiceStatus.Void, life.Invoice(3).Status);
        Assert.Equal([1, 2, 3, 4], life.All<SubscriptionEvent.RecurrenceStarted>().Select(e => e.Period.Index));
    }

    [Fact]
    public void A_second_change_leaves_the_first_ones_unused_part_where_it_is()
    {
        var life = OwingJune().Tell(Ask.ChangePlan(Priced(1500))).To("2024-06-21T00:00").Tell(Ask.ChangePlan(Monthly.Terms()));

        Assert.Equal("ProrationCredit -500, ProrationCharge 1000 = 500", life.Bill(4));
        Assert.Equal(2000, Assert.Single(life.State.OpenInvoices).UnusedWhenPaid);
    }

    [Fact]
    public void A_change_that_is_declined_itself_is_void_when_it_is_changed_again()
    {
        var life = Monthly.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");
        life.Bank.Says(Bank.Soft);
        life.Tell(Ask.ChangePlan(Priced(6000))).To("2024-06-21T00:00").Tell(Ask.ChangePlan(Monthly.Terms()));

        Assert.Equal("ProrationCredit -1000, ProrationCharge 1000 = 0", life.Bill(3));
        Assert.Equal((0L, InvoiceStatus.Void, SubscriptionStatus.Active), (life.State.Credit, life.Invoice(2).Status, life.Status));
    }

    [Fact]
    public void While_its_charge_is_in_flight_the_outcome_decides()
    {
        var paid = Monthly.At("2024-06-01T00:00").SubscribeWith(Bank.Paid).To("2024-06-30T23:59");
        paid.Bank.Says(Bank.Silence);
        paid.To("2024-07-01T00:00").Tell(Ask.ChangePlan(Priced(1500)));
        Assert.Equal(("ProrationCredit 0, ProrationCharge 1500 = 1500", 0L), (paid.Bill(3), paid.State.Credit));

        paid.Tell(Ask.Outcome(Bank.Paid, invoice: 2), Caller.System);
        Assert.Equal("ProrationCredit -3000 = -3000", paid.Bill(4));
    }

    /// <summary>Credit that paid part of an unpaid invoice comes back when the invoice closes. Regression: it came back twice.</summary>
    [Fact]
    public void Credit_in_an_unpaid_invoice_comes_back_once_however_it_ends()
    {
        var life = Monthly.At("2024-05-01T00:00").Subscribe().Tell(Ask.Refund(1, 1000, toCredit: true));
        life.Bank.Says(Bank.Soft);
        life.To("2024-06-04T00:00");
        Assert.Equal("Recurrence 3000, CreditApplied -1000 = 2000", life.Bill(2));

        life.Tell(Ask.ChangePlan(Priced(1500)));
        Assert.Equal(("ProrationCredit 0, ProrationCharge 1350 = 1350", 0L), (life.Bill(3), life.State.Credit));

        Assert.Equal(1000, life.Tell(Ask.Cancel()).State.Credit);
    }

    [Fact]
    public void Credit_in_an_unpaid_invoice_counts_as_paid_once_the_rest_is()
    {
        var life = Monthly.At("2024-05-01T00:00").Subscribe().Tell(Ask.Refund(1, 1000, toCredit: true));
        life.Bank.Says(Bank.Soft);

        life.To("2024-06-11T00:00").Tell(Ask.ChangePlan(Priced(1500))).Tell(Ask.Retry());

        Assert.Equal(("ProrationCredit -2000 = -2000", 2000L), (life.Bill(4), life.State.Credit));
    }
}
