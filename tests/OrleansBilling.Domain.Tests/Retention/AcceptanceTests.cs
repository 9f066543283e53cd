namespace OrleansBilling.Domain.Tests.Retention;

/// <summary>A retention offer accepted in one call: discount, pause or cheaper plan. Each can be accepted once.</summary>
public sealed class AcceptanceTests
{
    private static readonly RetentionOffer Half = new("half", [], 0, new PriceReduction(50_000, null), 2, null, null);
    private static readonly RetentionOffer Rest = new("rest", [], 0, null, null, 30, null);
    private static readonly RetentionOffer Less = new("less", [], 0, null, null, null, "cheaper");

    private static Given Offering(params RetentionOffer[] offers) =>
        Given.Monthly(3000).OfProduct(p => p with { Retention = new RetentionPolicy(7, 0, 0, [.. offers]) });

    private static OfferTerms Cheaper(Given given) => given.OfOffer(o => o with { Id = "cheaper", Amount = 1000 }).Terms();

    /// <summary>Without quiet days, as before they existed.</summary>
    private static Given Stacking(params RetentionOffer[] offers) =>
        Given.Monthly(3000).OfProduct(p => p with { Retention = new RetentionPolicy(7, 0, 0, [.. offers]) { QuietDays = 0 } });

    private static Timeline Asked(params RetentionOffer[] offers) =>
        Offering(offers).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Retention(), By.Customer);

    [Fact]
    public void A_discount_lowers_the_next_recurrences()
    {
        var life = Asked(Half).Tell(Ask.AcceptRetention(), By.Customer);

        Assert.Equal(["DiscountGranted", "RetentionAccepted"], life.Happened);
        Assert.Equal([3000L, 1500L, 1500L, 3000L], life.To("2024-09-01T00:00").Invoices.Select(invoice => invoice.Total));
        Assert.Equal("Retention offer half", life.Invoice(2).Lines[1].Description);
    }

    [Fact]
    public void A_pause_begins_at_once_and_ends_by_itself()
    {
        var life = Asked(Rest).Tell(Ask.AcceptRetention(), By.Customer);

        Assert.Equal(["Paused", "RetentionAccepted"], life.Happened);
        Assert.Equal((SubscriptionStatus.Paused, When.Utc("2024-07-11T00:00")), (life.Status, life.State.PausedUntil!.Value));
        Assert.Equal(When.Utc("2024-07-31T00:00"), life.To("2024-07-11T00:00").State.CurrentPeriod!.End);
    }

    [Fact]
    public void A_cheaper_plan_takes_over_at_period_end()
    {
        var life = Asked(Less).Tell(Ask.AcceptRetention(Cheaper(Offering(Less))), By.Customer);

        Assert.Equal(["PlanChangeScheduled", "RetentionAccepted"], life.Happened);
        Assert.Equal("Recurrence 1000 = 1000", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void Another_plan_than_the_one_offered_is_not_to_be_had()
    {
        var life = Asked(Less);

        Assert.Equal("offer_not_found", life.Refuses(Ask.AcceptRetention()).Code);
        Assert.Equal(
            "offer_not_found",
            life.Refuses(Ask.AcceptRetention(Offering(Less).OfOffer(o => o with { Id = "gratis", Amount = 0 }).Terms())).Code);
    }

    [Fact]
    public void A_cancellation_that_was_scheduled_is_undone()
    {
        var life = Asked(Half).Tell(Ask.CancelAtPeriodEnd(), By.Customer).Tell(Ask.AcceptRetention(), By.Customer);

        Assert.Equal(["CancellationUndone", "DiscountGranted", "RetentionAccepted"], life.Happened);
        Assert.Equal(SubscriptionStatus.Active, life.To("2024-07-01T00:00").Status);
    }

    [Fact]
    public void One_that_cannot_be_granted_leaves_the_cancellation_as_it_is()
    {
        var life = Asked(Less).Tell(Ask.CancelAtPeriodEnd());

        Assert.Equal(
            "other_currency",
            life.Refuses(Ask.AcceptRetention(Offering(Less).OfOffer(o => o with { Id = "cheaper", Currency = "USD" }).Terms())).Code);
        Assert.NotNull(life.State.CancellationScheduled);
    }

    [Fact]
    public void Where_nothing_was_offered_there_is_nothing_to_accept()
    {
        Assert.Equal("no_retention_offer", Offering(Half).At("2024-06-01T00:00").Subscribe().Refuses(Ask.AcceptRetention()).Code);
        Assert.Equal("no_retention_offers", Given.Monthly().At("2024-06-01T00:00").Subscribe().Refuses(Ask.Retention()).Code);

        var control = Given.Monthly(3000).OfProduct(p => p with { Retention = new RetentionPolicy(7, 100, 0, [Half]) })
            .At("2024-06-01T00:00").Subscribe();
        Assert.Equal("no_retention_offer", control.Tell(Ask.Retention()).Refuses(Ask.AcceptRetention()).Code);
    }

    /// <summary>Regression: asking and accepting in turn stacked discounts until nothing was left to pay.</summary>
    [Fact]
    public void Without_quiet_days_it_is_accepted_once_and_asking_again_offers_something_else_or_nothing()
    {
        var life = Stacking(Half, Rest).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Retention(), By.Customer)
            .Tell(Ask.AcceptRetention());
        Assert.Equal("no_retention_offer", life.Refuses(Ask.AcceptRetention()).Code);

        Assert.Equal("rest", life.Tell(Ask.Retention()).State.Retention!.OfferId);
        life.Tell(Ask.AcceptRetention()).Tell(Ask.Resume()).Tell(Ask.Retention());
        Assert.Null(life.State.Retention!.OfferId);

        life.To("2025-06-01T00:00").Tell(Ask.Retention("moved"));
        Assert.Null(life.State.Retention!.OfferId);
    }

    /// <summary>
    /// A cheaper plan was accepted, and then half of its price for three periods. The 180 days after June 11 end on December 8.
    /// </summary>
    [Fact]
    public void After_one_was_accepted_none_is_made_for_half_a_year_whatever_the_reason()
    {
        var life = Asked(Less, Half).Tell(Ask.AcceptRetention(Cheaper(Offering(Less, Half))));
        Assert.Equal(RetentionAssignment.NothingFits, life.Tell(Ask.Retention("dear")).State.Retention!.Number);
        Assert.Equal("no_retention_offer", life.Refuses(Ask.AcceptRetention()).Code);

        life.To("2024-12-07T23:59").Tell(Ask.Retention("moved"));
        Assert.Equal(RetentionAssignment.NothingFits, life.State.Retention!.Number);
        Assert.Equal("half", life.To("2024-12-08T00:00").Tell(Ask.Retention("moved")).State.Retention!.OfferId);
        Assert.Equal([3000L, 1000, 1000, 1000, 1000, 1000, 1000], life.Invoices.Select(invoice => invoice.Total));
    }

    [Theory]
    [InlineData(30, "2024-07-10T23:59", "2024-07-11T00:00")]
    [InlineData(1, "2024-06-11T23:59", "2024-06-12T00:00")]
    public void The_seller_says_how_long_it_is_quiet(int days, string before, string after)
    {
        var given = Given.Monthly(3000)
            .OfProduct(p => p with { Retention = new RetentionPolicy(7, 0, 0, [Half, Rest]) { QuietDays = days } });
        var life = given.At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Retention()).Tell(Ask.AcceptRetention());

        Assert.Null(life.To(before).Tell(Ask.Retention()).State.Retention!.OfferId);
        Assert.Equal("rest", life.To(after).Tell(Ask.Retention()).State.Retention!.OfferId);
    }

    [Fact]
    public void Leaving_and_coming_back_does_not_end_the_quiet_time()
    {
        var life = Asked(Half, Rest).Tell(Ask.AcceptRetention()).Tell(Ask.Cancel()).Tell(Ask.Reactivate());
        Assert.Null(life.Tell(Ask.Retention()).State.Retention!.OfferId);
    }

    [Fact]
    public void A_cheaper_offer_that_is_not_to_be_had_is_not_made()
    {
        var life = Offering(Less, Half).At("2024-06-01T00:00").Subscribe();
        Assert.Equal("half", life.Tell(new SubscriptionCommand.AskRetention(null, 1) { Unavailable = [1] }).State.Retention!.OfferId);
    }

    [Fact]
    public void While_one_discount_for_staying_is_not_used_up_there_is_no_other()
    {
        var more = Half with { Id = "more", Discount = new PriceReduction(80_000, null) };
        var life = Stacking(Half, more).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00").Tell(Ask.Retention())
            .Tell(Ask.AcceptRetention()).Tell(Ask.Retention());
        Assert.Null(life.State.Retention!.OfferId);

        Assert.Equal("more", life.To("2024-09-01T00:00").Tell(Ask.Retention("dear")).State.Retention!.OfferId);
    }

    [Fact]
    public void The_ids_of_the_newest_twenty_are_remembered()
    {
        var offers = Enumerable.Range(0, 20).Select(n => Rest with { Id = $"rest-{n}", PauseDays = 1 }).ToArray();
        var life = Stacking(offers).At("2024-06-01T00:00").Subscribe();
        for (var n = 0; n < 20; n++) life.Tell(Ask.Retention($"{n}")).Tell(Ask.AcceptRetention()).Tell(Ask.Resume());

        Assert.Equal(offers.Select(offer => offer.Id), life.State.RetentionAccepted);
        Assert.Equal(RetentionAssignment.NothingFits, life.Tell(Ask.Retention("last")).State.Retention!.Number);
    }

    [Fact]
    public void An_offer_that_the_seller_withdrew_is_not_to_be_had_any_more()
    {
        var life = Asked(Half);
        var without = new OfferTerms(
            life.Terms.Product with { Retention = new RetentionPolicy(7, 0, 0, [Rest]) }, life.Terms.Plan, life.Terms.Offer);

        var decision = SubscriptionDecider.Decide(life.State, Ask.AcceptRetention(), new DecisionContext(life.Now, without, By.Customer));

        Assert.Equal("no_retention_offer", decision.Refusal!.Code);
    }
}
