using System.Globalization;

namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>
/// A meter's reading belongs to the period (see "Usage" in the domain's README): included units, tiers, peaks and keys
/// count once, whatever changes within the period. The figures come from issue 8 and its rule.
/// </summary>
public sealed class PeriodUsageTests
{
    private static Meter Of(MeterAggregation aggregation, long price, long included = 0) =>
        new() { Id = "m", Name = "M", Aggregation = aggregation, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(price),
            IncludedUnits = included };

    private static Given With(params Meter[] meters) =>
        Given.Monthly(1000).OfOffer(o => o with { AddOns = [new AddOn("extra", "Extra", 0)], Meters = [.. meters] });

    private static Given Other(string id, params Meter[] meters) => With(meters).OfOffer(o => o with { Id = id });

    private static Timeline OnJune11(Given given) => given.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    private static Timeline Use(Timeline life, long quantity, string? key = null, string meter = "m") =>
        life.Tell(Ask.Usage($"u{life.Events.Count}", meter, quantity, key));

    private static SubscriptionCommand Toggle(int n) => n % 2 == 0 ? Ask.AddOns(("extra", 1)) : Ask.AddOns();

    /// <summary>What each invoice after the first bills for usage; a dash if it has no usage line.</summary>
    private static string Billed(Timeline life) => string.Join(' ', life.Invoices.Skip(1)
        .Select(invoice =>
            invoice.Lines.SingleOrDefault(line => line.Type == InvoiceLineType.Usage)?.Amount.ToString(CultureInfo.InvariantCulture)
                ?? "-"));

    /// <summary>Regression: billed 0, because each change gave the included units again.</summary>
    [Fact]
    public void Five_times_a_hundred_calls_and_an_addon_that_costs_nothing()
    {
        var life = OnJune11(With(Of(MeterAggregation.Sum, 10, 100)));
        for (var n = 0; n < 5; n++) Use(life, 100).Tell(Toggle(n));

        Assert.Equal("Recurrence 1000, Addon 0, Usage 4000 = 5000", life.To("2024-07-01T00:00").LastBill());
        Assert.Equal("- - - - - 4000", Billed(life));
    }

    /// <summary>Regression: billed 10,000, because the peak counted on both sides of the change.</summary>
    [Fact]
    public void Ten_seats_before_an_addon_and_ten_after_it()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Max, 500))), 10);
        Use(life.Tell(Toggle(0)), 10);

        Assert.Equal("Recurrence 1000, Addon 0, Usage 5000 = 6000", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void The_same_key_and_the_same_last_quantity_on_either_side()
    {
        var unique = Use(OnJune11(With(Of(MeterAggregation.Unique, 500))), 0, "ann");
        Use(Use(unique.Tell(Toggle(0)), 0, "ann"), 0, "ben");
        Assert.Equal("- 1000", Billed(unique.To("2024-07-01T00:00")));

        var last = Use(OnJune11(With(Of(MeterAggregation.Last, 500))), 10);
        Use(last.Tell(Toggle(0)), 4);
        Assert.Equal("- 2000", Billed(last.To("2024-07-01T00:00")));
    }

    [Fact]
    public void Tiers_are_climbed_once()
    {
        var tiered = Of(MeterAggregation.Sum, 0) with
        {
            Pricing = MeterPricing.Graduated, Price = null,
            Tiers = [new MeterTier(10, new UnitPrice(100), 7), new MeterTier(null, new UnitPrice(20))],
        };
        var life = Use(OnJune11(With(tiered)), 10);
        Use(life.Tell(Ask.Quantity(3)), 5);

        Assert.Equal("- 1107", Billed(life.To("2024-07-01T00:00")));
    }

    [Fact]
    public void Another_offer_with_the_same_meter_by_another_name_changes_nothing_either()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        Use(life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 10, 100) with { Name = "Calls" }).Terms())), 10);

        Assert.Equal("- 600", Billed(life.To("2024-07-01T00:00")));
    }

    /// <summary>150 units at 10 with 100 included are 500; at 25 with 20 included they are 3250, and each further unit is 25.</summary>
    [Fact]
    public void Defined_anew_it_is_settled_first_and_goes_on_from_there_at_the_new_price()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 20)).Terms()));
        Assert.Equal("500", Billed(life));
        Assert.Equal((150L, 3250L), (life.State.Usage.Single().Units, life.State.Usage.Single().Billed));

        Assert.Equal("500 50", Billed(Use(life, 2).To("2024-07-01T00:00")));
    }

    [Fact]
    public void Below_what_is_included_the_rest_of_it_is_still_free()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 60);
        life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 100)).Terms()));

        Assert.Equal("0 250", Billed(Use(life, 50).To("2024-07-01T00:00")));
    }

    [Fact]
    public void There_and_back_within_an_instant_costs_what_staying_would()
    {
        var given = With(Of(MeterAggregation.Sum, 10, 100));
        var life = Use(OnJune11(given), 150).Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25)).Terms()))
            .Tell(Ask.ChangePlan(given.Terms()));

        Assert.Equal("500 - 1000", Billed(Use(life, 100).To("2024-07-01T00:00")));
    }

    /// <summary>A peak of 500 counts as settled, so nothing is due until it is exceeded.</summary>
    [Fact]
    public void Another_aggregation_goes_on_with_the_same_reading()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10))), 30);
        life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Max, 500)).Terms()));
        Assert.Equal("300", Billed(life));

        Assert.Equal("300 500", Billed(Use(Use(life, 10), 31).To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_meter_that_goes_is_settled_and_nothing_more_comes_of_it()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10))), 30).Tell(Ask.ChangePlan(Other("other").Terms()));
        Assert.Equal("unknown_meter", life.Refuses(Ask.Usage("x", "m", 1)).Code);

        Assert.Equal("300 -", Billed(life.To("2024-07-01T00:00")));
        Assert.Empty(life.State.Usage);
    }

    [Fact]
    public void One_that_comes_back_within_the_period_goes_on_with_its_reading()
    {
        var given = With(Of(MeterAggregation.Sum, 10, 20));
        var life = Use(OnJune11(given), 30).Tell(Ask.ChangePlan(Other("other").Terms())).Tell(Ask.ChangePlan(given.Terms()));
        Assert.Equal("100 -", Billed(life));
        Assert.Equal("100 - 50", Billed(Use(life, 5).To("2024-07-01T00:00")));

        var dearer = Use(OnJune11(given), 30).Tell(Ask.ChangePlan(Other("other").Terms()))
            .Tell(Ask.ChangePlan(Other("dearer", Of(MeterAggregation.Sum, 99)).Terms()));
        Assert.Equal("100 - 495", Billed(Use(dearer, 5).To("2024-07-01T00:00")));
    }

    /// <summary>Paid for ten seats and back at five: the ten that come again were paid for, even if the meter was gone meanwhile.</summary>
    [Fact]
    public void A_peak_that_was_billed_is_not_billed_again_after_a_fall()
    {
        var given = With(Of(MeterAggregation.Last, 500));
        var life = Use(OnJune11(given), 10).Tell(Ask.ChangePlan(Other("other").Terms())).Tell(Ask.ChangePlan(given.Terms()));
        Use(Use(life, 5).Tell(Ask.ChangePlan(Other("other").Terms())).Tell(Ask.ChangePlan(given.Terms())), 10);

        Assert.Equal("5000 - - - -", Billed(life.To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_new_period_starts_at_zero_also_where_another_interval_begins_it_in_the_middle()
    {
        var given = With(Of(MeterAggregation.Unique, 500, 1));
        var life = Use(Use(OnJune11(given), 0, "ann"), 0, "ben");
        life.Tell(Ask.ChangePlan(given.Other("weekly", 300, 1, IntervalUnit.Week).Terms()));
        Assert.Equal("500", Billed(life));

        Assert.Equal("500 500", Billed(Use(Use(life, 0, "ann"), 0, "ben").To("2024-06-18T00:00")));
    }

    [Fact]
    public void A_change_at_the_periods_end_ends_the_period_too()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150)
            .Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 100)).Terms(), EffectiveAt.PeriodEnd));
        Use(life.To("2024-07-02T00:00"), 150);

        Assert.Equal("500 1250", Billed(life.To("2024-08-01T00:00")));
    }

    [Theory]
    [InlineData("2024-06-20T00:00", "2024-06-20T00:00")]
    [InlineData("2024-07-10T00:00", "2024-07-10T00:00")]
    public void A_moved_billing_date_keeps_the_reading_to_the_periods_new_end(string to, string end)
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 90).Tell(Ask.BillingDate(to));

        Assert.Equal("200", Billed(Use(life, 30).To(end)));
    }

    [Fact]
    public void A_pause_in_the_middle_keeps_it_too()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 90).Tell(Ask.Pause()).To("2024-06-21T00:00").Tell(Ask.Resume());

        Assert.Equal("200", Billed(Use(life, 30).To("2024-07-11T00:00")));
    }

    [Fact]
    public void Past_due_changes_leave_it_alone()
    {
        var life = OnJune11(With(Of(MeterAggregation.Sum, 10, 100)));
        life.Bank.Says(Bank.Soft);
        Use(life.To("2024-07-01T00:00"), 90).To("2024-07-02T00:00");
        Use(life.Tell(Toggle(0)), 30);

        Assert.Equal("- - 200", Billed(life.To("2024-08-01T00:00")));
    }

    [Fact]
    public void The_last_invoice_bills_what_a_change_did_not()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        Use(life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 20)).Terms())), 2).Tell(Ask.Cancel());

        Assert.Equal("500 50", Billed(life));
    }

    [Fact]
    public void Once_the_last_invoice_is_paid_a_new_term_does_not_bill_it_again()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150).Tell(Ask.Cancel());
        Assert.Equal(150, life.State.Usage.Single().Units);

        Use(life.To("2024-07-02T00:00").Tell(Ask.Reactivate()), 150);
        Assert.Equal("500 - 500", Billed(life.To("2024-08-02T00:00")));
    }

    [Fact]
    public void Reactivated_within_its_period_the_included_units_count_once()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150).Tell(Ask.Cancel());
        Use(life.To("2024-06-12T00:00").Tell(Ask.Reactivate()), 150);
        Assert.Equal("500 1500", Billed(life.To("2024-07-01T00:00")));
    }

    [Fact]
    public void A_term_that_ended_on_another_definition_has_nothing_more_to_bill()
    {
        var given = With(Of(MeterAggregation.Sum, 10, 100)).Recurrences(1);
        var life = Use(OnJune11(given), 90);
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.Quantity(2))
            .Tell(Ask.ChangePlan(
                given.OfOffer(o => o with { Id = "other", Meters = [Of(MeterAggregation.Sum, 99)] }).Terms(), EffectiveAt.PeriodEnd));
        life.To("2024-07-01T00:00");
        Assert.True(life.State.TermEnded);

        Assert.Equal("-", Billed(life.Tell(Ask.Cancel())));
    }

    /// <summary>500 was on the unpaid invoice of the change. A customer who changes back owes it.</summary>
    [Fact]
    public void What_a_voided_invoice_billed_goes_back_to_the_period()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 20)).Terms()));
        Use(life, 2).Tell(Ask.Cancel());
        Assert.Equal("500 550", Billed(life));
        Assert.All(life.Invoices.Skip(1), invoice => Assert.Equal(InvoiceStatus.Void, invoice.Status));
        Assert.Equal(550, life.State.Usage.Single().Returned);

        life.Bank.AlwaysSays(Bank.Paid);
        Assert.Equal("500 550 550", Billed(life.Tell(Ask.Reactivate()).To("2024-07-01T00:00")));
        Assert.Empty(life.State.Usage);
    }

    [Fact]
    public void Also_where_the_meter_is_gone()
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(Other("other").Terms())).Tell(Ask.Cancel());
        Assert.Equal(InvoiceStatus.Void, life.Invoice(2).Status);

        life.Bank.AlwaysSays(Bank.Paid);
        Assert.Equal("500 500 500", Billed(life.Tell(Ask.Reactivate())));
    }

    /// <summary>What was given up is written off, and what was paid stays paid.</summary>
    [Fact]
    public void What_was_given_up_or_paid_does_not_come_back()
    {
        var givenUp = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100)).Retries(0)), 150);
        givenUp.Bank.AlwaysSays(Bank.Soft);
        givenUp.Tell(Ask.ChangePlan(Other("other", Of(MeterAggregation.Sum, 25, 20)).Retries(0).Terms()));
        Assert.Equal((SubscriptionStatus.Canceled, InvoiceStatus.Uncollectible), (givenUp.Status, givenUp.Invoice(2).Status));
        givenUp.Bank.AlwaysSays(Bank.Paid);
        Assert.Equal("500 -", Billed(givenUp.Tell(Ask.Reactivate()).To("2024-07-01T00:00")));

        var paid = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150).Tell(Ask.ChangePlan(Other("other").Terms()))
            .Tell(Ask.Cancel());
        Assert.Equal("500 -", Billed(paid.Tell(Ask.Reactivate()).To("2024-07-01T00:00")));
    }

    /// <summary>
    /// An upgrade is declined and the customer returns to the old plan at once: nothing is owed now, and at the period's end the
    /// usage is billed at the old price.
    /// </summary>
    [Fact]
    public void Voided_while_it_lives_a_change_leaves_no_trace_of_what_it_settled()
    {
        var given = With(Of(MeterAggregation.Sum, 10, 100));
        var life = Use(OnJune11(given), 150);
        life.Bank.AlwaysSays(Bank.Soft);
        var other = Other("other", Of(MeterAggregation.Sum, 25, 20));
        life.Tell(Ask.ChangePlan(other.Terms()));

        var voided = Void(life.State);
        var back = Decide(voided, Ask.ChangePlan(given.Terms()), other, "2024-06-11T00:00");
        Assert.DoesNotContain(
            back.Steps.Select(step => step.Event).OfType<SubscriptionEvent.InvoiceIssued>().Single().Invoice.Lines,
            line => line.Type == InvoiceLineType.Usage);
        Assert.Equal("Recurrence 1000, Usage 500 = 1500", Renewal(back.State!, given));

        var stays = Decide(voided, Ask.Usage("v", "m", 2), other, "2024-06-12T00:00");
        Assert.Equal("Recurrence 1000, Usage 550 = 1550", Renewal(stays.State!, other));
    }

    [Theory]
    [InlineData(MeterAggregation.Sum, 2_500)]
    [InlineData(MeterAggregation.Max, 500)]
    public void Another_interval_that_was_never_paid_leaves_the_period_its_reading(MeterAggregation aggregation, long usage)
    {
        var given = With(Of(aggregation, 10, 100));
        var weekly = given.Other("weekly", 300, 1, IntervalUnit.Week);
        var life = Use(OnJune11(given), 150);
        life.Bank.AlwaysSays(Bank.Soft);
        for (var n = 0; n < 2; n++)
        {
            life.Tell(Ask.ChangePlan(weekly.Terms()));
            Assert.Empty(life.State.Usage);
            life.Tell(Ask.ChangePlan(given.Terms()));
        }

        life.Tell(Ask.Usage("more", "m", aggregation == MeterAggregation.Sum ? 200 : 120));
        Assert.Equal($"Recurrence 1000, Usage {usage} = {1_000 + usage}", Renewal(life.State, given));
    }

    [Fact]
    public void What_is_used_while_another_interval_is_owed_belongs_to_the_period_that_goes_on()
    {
        var given = With(Of(MeterAggregation.Sum, 10, 100));
        var weekly = given.Other("weekly", 3000, 1, IntervalUnit.Week);
        var life = Use(OnJune11(given), 100);
        life.Bank.AlwaysSays(Bank.Soft);
        life.Tell(Ask.ChangePlan(weekly.Terms())).Tell(Ask.Usage("meanwhile", "m", 40)).Tell(Ask.ChangePlan(given.Terms()));
        Assert.Equal("Recurrence 1000, Usage 400 = 1400", Renewal(life.State, given));
    }

    private static Subscription Void(Subscription s) => SubscriptionEvolution.Evolve(s, new SubscriptionEvent.InvoiceClosed
    {
        At = s.UpdatedAt, Closed = new ClosedInvoice(s.OpenInvoices.Single().Number, s.OpenInvoices.Single().Total),
        Status = InvoiceStatus.Void,
    });

    private static Decision Decide(Subscription state, SubscriptionCommand command, Given given, string at) =>
        SubscriptionDecider.Decide(
            state, command, new DecisionContext(When.Utc(at), given.Terms(), By.Administrator) { KnownUsageKeys = new HashSet<string>() });

    private static string Renewal(Subscription state, Given given, string at = "2024-07-01T00:00") =>
        Bills.Text(
            Decide(state with { OpenInvoices = [], Charge = null }, Ask.Wake(), given,
                at).Steps.Select(step => step.Event).OfType<SubscriptionEvent.RecurrenceStarted>().Single().Invoice);

    [Theory]
    [InlineData("other")]
    [InlineData("gone")]
    [InlineData("same")]
    public void A_preview_says_the_same(string to)
    {
        var life = Use(OnJune11(With(Of(MeterAggregation.Sum, 10, 100))), 150);
        var command = Ask.ChangePlan(
            Other(to, to switch { "other" => [Of(MeterAggregation.Sum, 25)], "same" => [Of(MeterAggregation.Sum, 10, 100)], _ => [] })
                .Terms());
        var previewed = Bills.Text(life.Preview(command).Invoice!);

        Assert.Equal(previewed, life.Tell(command).LastBill());
        Assert.Equal(to != "same", previewed.Contains("Usage 500", StringComparison.Ordinal));
    }
}
