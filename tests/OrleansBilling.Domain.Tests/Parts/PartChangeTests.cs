namespace OrleansBilling.Domain.Tests.Parts;

/// <summary>
/// Changes, cancellations and refunds in the middle of an installment plan. Parts that are not due are canceled, and what was
/// paid beyond what was used is credit.
/// </summary>
public sealed class PartChangeTests
{
    private static readonly Given InParts = Given.Yearly(12_000).OfPlan(p => p with { Installments = 12 });

    private static OfferTerms Monthly => InParts.Other("monthly", 1000).OfPlan(p => p with { Installments = 1 }).Terms();

    /// <summary>Three parts are paid. 75 of 366 days, worth 2459, are used.</summary>
    private static Timeline OnApril15(Given? given = null) => (given ?? InParts).At("2024-01-31T10:00").Subscribe().To("2024-04-15T10:00");

    [Fact]
    public void To_another_interval_the_rest_falls_away_and_what_was_paid_too_much_goes_off()
    {
        var life = OnApril15().Tell(Ask.ChangePlan(Monthly));

        Assert.Equal(
            ["InvoiceReduced", "PlanChanged", "PeriodEndMoved", "RecurrenceStarted", "ChargeRequested", "ChargeSucceeded"], life.Happened);
        Assert.Equal("Recurrence 1000, ProrationCredit -541 = 459", life.Bill(2));
        Assert.Equal((InvoiceStatus.Paid, 3000L, 9000L), (life.Invoice(1).Status, life.Invoice(1).Paid, life.Invoice(1).Credited));
        Assert.Equal(["Paid", "Paid"], life.Invoices.Select(invoice => $"{invoice.Status}"));
    }

    [Fact]
    public void To_the_same_interval_the_rest_of_the_year_is_one_charge_at_the_new_price()
    {
        var life = OnApril15().Tell(Ask.ChangePlan(InParts.OfOffer(o => o with { Id = "dearer", Amount = 24_000 }).Terms()));

        // 291 of 366 days of 24,000.
        Assert.Equal("ProrationCredit -541, ProrationCharge 19082 = 18541", life.Bill(2));
        Assert.Equal(When.Utc("2025-01-31T10:00"), life.State.CurrentPeriod!.End);
        Assert.Equal(12, life.To("2025-01-31T10:00").Invoice(3).Parts);
    }

    /// <summary>Found by a random life: credit counted as paid only in proportion to the paid parts.</summary>
    [Theory]
    [InlineData(false, "ProrationCredit -5041, ProrationCharge 19082 = 14041")]
    [InlineData(true, "ProrationCredit -5041, ProrationCharge 19082, Tax 1404 = 15445")]
    public void Unused_time_of_an_earlier_plan_paid_for_the_service_before_the_parts_did(bool taxed, string bill)
    {
        var inParts = taxed ? InParts.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) }) : InParts;
        var life = inParts.Other("monthly", 6000).OfPlan(p => p with { Installments = 1 }).At("2024-01-31T10:00").Subscribe();
        life.Tell(Ask.ChangePlan(inParts.Terms())).To("2024-04-15T10:00");

        life.Tell(Ask.ChangePlan(inParts.OfOffer(o => o with { Id = "dearer", Amount = 24_000 }).Terms()));

        // Twelve parts of the remaining 6000, three of them paid: 7500 of 12,000, minus the 2459 that are used.
        Assert.Equal(bill, life.Bill(3));
    }

    [Fact]
    public void Used_beyond_what_was_paid_there_is_no_credit_and_no_debt()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().To("2024-02-29T09:00").Tell(Ask.ChangePlan(Monthly));

        Assert.Equal("Recurrence 1000, ProrationCredit -51 = 949", life.Bill(2));

        var late = InParts.At("2024-01-31T10:00").Subscribe();
        late.Bank.Says(Bank.Soft);
        late.To("2024-03-01T09:00").Tell(Ask.ChangePlan(Monthly));
        Assert.Equal("Recurrence 1000, ProrationCredit -18 = 982", late.Bill(2));
    }

    [Fact]
    public void A_part_that_is_overdue_stays_owed_and_what_is_unused_of_it_is_credit_once_paid()
    {
        var life = InParts.Retries(1, 60, 59).At("2024-01-31T10:00").Subscribe().To("2024-03-30T00:00");
        life.Bank.Says(Bank.Soft);
        life.To("2024-04-15T10:00").Tell(Ask.ChangePlan(Monthly));

        Assert.Equal("Recurrence 1000, ProrationCredit 0 = 1000", life.Bill(2));
        var owed = Assert.Single(life.State.OpenInvoices);
        Assert.Equal((3000L, 2000L, 541L, SubscriptionStatus.PastDue), (owed.Total, owed.Paid, owed.UnusedWhenPaid, life.Status));

        life.Tell(Ask.Retry());
        Assert.Equal((SubscriptionStatus.Active, 541L, InvoiceStatus.Paid), (life.Status, life.State.Credit, life.Invoice(1).Status));
        Assert.Equal(4000, life.State.LifetimePaid);
    }

    /// <summary>
    /// A pause moves the next part by its length in days, and later parts follow monthly. What is due is what is charged.
    /// </summary>
    [Fact]
    public void After_a_pause_over_months_of_other_lengths_a_part_that_was_not_asked_for_yet_falls_away()
    {
        var life = InParts.At("2024-01-01T00:00").Subscribe().To("2024-01-10T00:00").Tell(Ask.Pause(until: "2024-02-19T00:00"))
            .To("2024-03-11T00:00");
        Assert.Equal(When.Utc("2024-03-12T00:00"), life.DueAt);

        life.Tell(Ask.ChangePlan(Monthly));

        // 30 of 366 days, 984 of 12,000, are used of the first part.
        Assert.Equal((InvoiceStatus.Paid, "Recurrence 1000, ProrationCredit -16 = 984"), (life.Invoice(1).Status, life.Bill(2)));
    }

    [Fact]
    public void Of_two_parts_that_are_owed_the_last_makes_the_credit_and_makes_it_once()
    {
        var life = InParts.Retries(1, 90, 80).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft, Bank.Silence);
        life.To("2024-04-15T10:00").Tell(Ask.Retry()).Tell(Ask.ChangePlan(Monthly));
        Assert.Equal(
            (3000L, 1000L, 541L),
            (life.State.OpenInvoices[0].Total, life.State.OpenInvoices[0].Paid, life.State.OpenInvoices[0].UnusedWhenPaid));

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 1, attempt: 3), Caller.System);

        // Next is the change's own invoice, which waited for the charge in flight.
        Assert.Equal(
            ["ChargeSucceeded", "ChargeRequested", "ChargeSucceeded", "InvoiceIssued", "ChargeRequested", "ChargeSucceeded"],
            life.Happened);
        Assert.Equal([1, 1, 2], life.Told.OfType<SubscriptionEvent.ChargeSucceeded>().Select(charge => charge.Invoice));
        Assert.Equal(541, life.State.Credit);
    }

    [Theory]
    [InlineData("2024-03-31T09:59", 2000)]
    [InlineData("2024-03-31T10:00", 3000)]
    public void A_part_that_falls_due_behind_an_overdue_one_is_owed_from_that_instant(string at, long owed)
    {
        var life = InParts.Retries(1, 90, 80).At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Soft);

        Assert.Equal(owed, life.To(at).Tell(Ask.ChangePlan(Monthly)).State.OpenInvoices[0].Total);
    }

    [Fact]
    public void A_part_that_waits_for_another_charges_outcome_is_owed_too()
    {
        var life = InParts.Retries(1, 90, 45).At("2024-01-31T10:00").Subscribe();
        life.Bank.Decides(payment => payment switch
        {
            { Invoice: 1, Attempt: 12 } => Bank.Soft,
            { Invoice: 1, Attempt: 13 } => Bank.Unclear,
            _ => Bank.Paid,
        });
        life.To("2025-03-01T10:00").Tell(Ask.ChangePlan(Monthly));

        Assert.Equal(
            (2000L, 1000L),
            (life.State.OpenInvoices.Single(invoice => invoice.Number == 2).Total,
                life.State.OpenInvoices.Single(invoice => invoice.Number == 2).Paid));
    }

    [Fact]
    public void A_part_in_flight_is_due()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().To("2024-03-30T00:00");
        life.Bank.Says(Bank.Silence);
        life.To("2024-03-31T10:00").Tell(Ask.ChangePlan(Monthly));
        Assert.Equal((3000L, 2000L), (life.State.OpenInvoices[0].Total, life.State.OpenInvoices[0].Paid));

        life.Tell(Ask.Outcome(Bank.Paid, invoice: 1, attempt: 3), Caller.System);
        Assert.Equal((InvoiceStatus.Paid, 3000L), (life.Invoice(1).Status, life.Invoice(1).Paid));

        // 60 of 366 days, 1967 of 12,000, were used. 33 of the 2000 that were paid, and all of the part in flight, were not.
        Assert.Equal(
            ["Recurrence 1000, ProrationCredit -33 = 967", "ProrationCredit -1000 = -1000"], life.Invoices.Skip(1).Select(Bills.Text));
    }

    [Theory]
    [InlineData(CancellationRefund.None, 0)]
    [InlineData(CancellationRefund.Prorated, 541)]
    [InlineData(CancellationRefund.Full, 3000)]
    public void Canceled_the_rest_is_taken_back_and_paid_parts_are_refunded_as_asked(CancellationRefund refund, long expected)
    {
        var life = OnApril15().Tell(Ask.Cancel(refund));

        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Uncollectible), (life.Status, life.Invoice(1).Status));
        Assert.Equal((expected, 3000 - expected), (life.Invoice(1).Refunded, life.State.LifetimePaid));
        Assert.Null(life.DueAt);
    }

    [Fact]
    public void A_full_refund_goes_back_part_by_part_the_newest_first()
    {
        var life = OnApril15().Tell(Ask.Cancel(CancellationRefund.Full));

        Assert.Equal(
            [(1, 3, 1000L), (2, 2, 1000L), (3, 1, 1000L)],
            life.All<SubscriptionEvent.RefundRequested>().Select(e => (e.Refund, e.ChargeAttempt, e.Amount)));
        Assert.Equal([1, 2, 3], life.All<SubscriptionEvent.RefundSucceeded>().Select(e => e.CreditNote));
    }

    [Fact]
    public void Canceled_while_a_part_is_in_flight_its_money_is_kept_and_the_rest_falls_away()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        life.To("2024-02-29T10:00").Tell(Ask.Cancel());
        Assert.Single(life.State.OpenInvoices);

        life.Tell(Ask.Outcome(Bank.Paid, attempt: 2), Caller.System);
        Assert.Equal(["ChargeSucceeded", "InvoiceClosed"], life.Happened);
        Assert.Equal(
            (2000L, 10_000L, InvoiceStatus.Uncollectible),
            (life.State.LifetimePaid, Assert.Single(life.All<SubscriptionEvent.InvoiceClosed>()).Closed.Total, life.Invoice(1).Status));
    }

    [Fact]
    public void Canceled_while_the_first_part_is_in_flight_it_goes_back()
    {
        var life = InParts.At("2024-01-31T10:00").SubscribeWith(Bank.Silence).Tell(Ask.Cancel());

        life.Tell(Ask.Outcome(Bank.Paid), Caller.System);

        Assert.Equal(["ChargeSucceeded", "InvoiceClosed", "RefundRequested", "RefundSucceeded"], life.Happened);
        Assert.Equal(0, life.State.LifetimePaid);
    }

    [Fact]
    public void One_part_is_refunded_while_the_others_go_on()
    {
        var life = OnApril15().Tell(Ask.Refund(1, 1000));

        Assert.Equal(
            (SubscriptionStatus.Active, 2000L, InvoiceStatus.Open), (life.Status, life.State.LifetimePaid, life.Invoice(1).Status));
        Assert.Equal(11_000, life.To("2025-01-30T00:00").State.LifetimePaid);
        Assert.Equal(InvoiceStatus.Paid, life.Invoice(1).Status);
    }

    [Fact]
    public void A_refunded_part_is_not_credited_by_a_change_as_well()
    {
        var life = OnApril15().Tell(Ask.Refund(1, 1000)).Tell(Ask.ChangePlan(Monthly));

        Assert.Equal("Recurrence 1000, ProrationCredit 0 = 1000", life.Bill(2));
    }

    [Fact]
    public void Credit_that_went_into_the_year_counts_as_paid_once_a_part_is()
    {
        var life = InParts.At("2024-01-31T10:00").Subscribe().Tell(Ask.Refund(1, 1000, toCredit: true)).To("2025-04-15T10:00");
        Assert.Equal((11_000L, 2748L), (life.Invoice(2).Total, life.Invoice(2).Paid));

        life.Tell(Ask.ChangePlan(Monthly));

        // 74 of 365 days, 2433 of 12,000, are used of 1000 in credit and three parts of 916.
        Assert.Equal("Recurrence 1000, ProrationCredit -1315 = -315", life.Bill(3));
    }

    [Fact]
    public void Tax_of_the_parts_that_fall_away_goes_with_them()
    {
        var life = OnApril15(InParts.OfProduct(p => p with { Tax = new TaxPolicy(false, [new TaxRate(null, "VAT", 10_000)]) }));
        Assert.Equal(1200, life.Invoice(1).Taxes.Single().Amount);

        life.Tell(Ask.ChangePlan(new OfferTerms(life.Terms.Product, Monthly.Plan, Monthly.Offer)));

        var reduced = Assert.Single(life.All<SubscriptionEvent.InvoiceReduced>());
        Assert.Equal((9900L, 900L), (reduced.Amount, reduced.Tax));
        Assert.Equal("Recurrence 1000, ProrationCredit -541, Tax 46 = 505", life.Bill(2));
    }
}
