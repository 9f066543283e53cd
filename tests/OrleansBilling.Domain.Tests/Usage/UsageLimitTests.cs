namespace OrleansBilling.Domain.Tests.Usage;

/// <summary>The usage of a meter in a period costs at most 10^15 minor units. More is refused when recorded, and never cut.</summary>
public sealed class UsageLimitTests
{
    private const long Most = 1_000_000_000_000_000;

    private static Meter Calls(long price, MeterAggregation aggregation = MeterAggregation.Sum) =>
        new() { Id = "calls", Name = "Calls", Aggregation = aggregation, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(price) };

    private static Given With(Meter meter, string id = "offer") => Given.Monthly(1000).OfOffer(o => o with { Id = id, Meters = [meter] });

    private static Timeline OnJune11(Meter meter) => With(meter).At("2024-06-01T00:00").Subscribe().To("2024-06-11T00:00");

    /// <summary>Regression: 10^15 was cut to 9,999,999,999,900.</summary>
    [Fact]
    public void Just_the_most_is_billed_in_full()
    {
        var life = OnJune11(Calls(1000)).Tell(Ask.Usage("u", "calls", Meter.UnitsMax));

        Assert.Equal($"Recurrence 1000, Usage {Most} = {Most + 1000}", life.To("2024-07-01T00:00").LastBill());
        Assert.Equal(Most + 2000, life.State.LifetimePaid);
    }

    [Theory]
    [InlineData(MeterAggregation.Sum, 1)]
    [InlineData(MeterAggregation.Max, 500_001)]
    [InlineData(MeterAggregation.Last, 500_001)]
    public void One_unit_more_is_refused_when_it_is_recorded(MeterAggregation aggregation, long more)
    {
        var life = OnJune11(Calls(2_000_000_000, aggregation)).Tell(Ask.Usage("u1", "calls", 500_000));
        var refusal = life.Refuses(Ask.Usage("u2", "calls", more));

        Assert.Equal(("usage_too_large", "quantity", RefusalKind.Invalid), (refusal.Code, refusal.Field, refusal.Kind));
        Assert.Equal(500_000, life.State.Usage.Single().Units);
        Assert.Equal($"Recurrence 1000, Usage {Most} = {Most + 1000}", life.To("2024-07-01T00:00").LastBill());
    }

    [Fact]
    public void It_is_the_reading_after_the_command_that_counts()
    {
        var life = OnJune11(Calls(2_000_000_000, MeterAggregation.Last));

        life.Tell(new SubscriptionCommand.RecordUsage([new("u1", "calls", 500_001, null, null), new("u2", "calls", 7, null, null)]));

        Assert.Equal(7, life.State.Usage.Single().Units);
    }

    [Fact]
    public void Changes_do_not_begin_the_count_anew()
    {
        var life = OnJune11(Calls(2_000_000_000)).Tell(Ask.Usage("u1", "calls", 500_000)).Tell(Ask.Quantity(2));
        Assert.Equal("usage_too_large", life.Refuses(Ask.Usage("u2", "calls", 1)).Code);

        Assert.Equal(1, life.To("2024-07-01T00:00").Tell(Ask.Usage("u2", "calls", 1)).State.Usage.Single().Units);
    }

    [Fact]
    public void A_change_now_whose_meter_would_cost_more_is_refused_and_one_at_the_periods_end_is_not()
    {
        var life = OnJune11(Calls(1)).Tell(Ask.Usage("u1", "calls", 500_001));
        var dearer = With(Calls(2_000_000_000), "dearer").Terms();

        var refusal = life.Refuses(Ask.ChangePlan(dearer));
        Assert.Equal(("usage_too_large", "offer_id"), (refusal.Code, refusal.Field));
        Assert.Equal("usage_too_large", life.Preview(Ask.ChangePlan(dearer)).Refusal!.Code);

        life.Tell(Ask.ChangePlan(dearer, EffectiveAt.PeriodEnd)).To("2024-07-01T00:00");
        Assert.Equal("Recurrence 1000, Usage 500001 = 501001", life.LastBill());
    }

    [Fact]
    public void In_a_trial_and_into_another_interval_the_new_meter_counts_from_zero()
    {
        var dearer = With(Calls(2_000_000_000), "dearer");
        var trial = With(Calls(1)).Trial(14).At("2024-06-01T00:00").Subscribe().Tell(Ask.Usage("u1", "calls", 500_001));
        Assert.Empty(trial.Tell(Ask.ChangePlan(dearer.Trial(14).Terms())).State.Usage);

        var weekly = OnJune11(Calls(1)).Tell(Ask.Usage("u1", "calls", 500_001));
        Assert.Empty(weekly.Tell(Ask.ChangePlan(dearer.Other("weekly", 1000, 1, IntervalUnit.Week).Terms())).State.Usage);
    }

    /// <summary>The state does not grow with changes: beyond a hundred meters, a change has to wait for the period's end.</summary>
    [Fact]
    public void A_period_has_a_hundred_meters_at_most()
    {
        var life = Metered(99);
        life.Tell(Ask.ChangePlan(Offer("one-more", 1)));
        Assert.Equal("too_many_meters", Metered(100).Refuses(Ask.ChangePlan(Offer("one-more", 1))).Code);

        var full = Metered(100).Tell(Ask.ChangePlan(Offer("none", 0))).Tell(Ask.ChangePlan(Offer("again-0", 20, "offer-0")));
        Assert.Equal(100, full.State.Usage.Length);
        Assert.Single(
            full.Tell(Ask.ChangePlan(Offer("one-more", 1), EffectiveAt.PeriodEnd)).To("2024-07-01T00:00")
                .Tell(Ask.Usage("u", "one-more-0", 1)).State.Usage);
    }

    /// <summary>A life that used a number of meters of different offers in one period, up to twenty per offer.</summary>
    internal static Timeline Metered(int meters)
    {
        var life = new Timeline(Offer("none", 0), When.Utc("2024-06-01T00:00"));
        life.Subscribe();
        for (var n = 0; n < meters; n += Meter.PerOfferMax)
        {
            var count = Math.Min(Meter.PerOfferMax, meters - n);
            life.Tell(Ask.ChangePlan(Offer($"offer-{n}", count)));
            life.Tell(
                new SubscriptionCommand.RecordUsage(
                    [.. Enumerable.Range(0, count).Select(m => new UsageEntry($"u-{n}-{m}", $"offer-{n}-{m}", 1, null, null))]));
        }

        return life;
    }

    /// <summary>An offer with a number of meters, its own or those of another offer.</summary>
    internal static OfferTerms Offer(string id, int meters, string? of = null) => Given.Monthly(1000).OfOffer(o => o with
    {
        Id = id, Meters = [.. Enumerable.Range(0, meters).Select(n => Calls(1) with { Id = $"{of ?? id}-{n}" })],
    }).Terms();

    /// <summary>The cost of a reading that is older than the refusal is still capped.</summary>
    [Fact]
    public void A_reading_from_before_the_limit_is_billed_at_it()
    {
        var life = OnJune11(Calls(1000)).Tell(Ask.Usage("u", "calls", Meter.UnitsMax));
        var old = life.State with { Usage = [new MeterReading("calls", Meter.UnitsMax)] };
        var terms = With(Calls(5000)).Terms();

        var due = SubscriptionDecider.Decide(old, Ask.Wake(), new DecisionContext(When.Utc("2024-07-01T00:00"), terms, Caller.System));

        Assert.Equal(
            Most + 1000,
            due.Steps.Select(step => step.Event).OfType<SubscriptionEvent.RecurrenceStarted>().Single().Invoice.Total);
    }
}
