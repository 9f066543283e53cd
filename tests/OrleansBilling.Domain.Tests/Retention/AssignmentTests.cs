using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Retention;

/// <summary>
/// Who gets which offer: a share nothing, a share a random variant, all others the one that saved the most. A customer always
/// gets the same assignment.
/// </summary>
public sealed class AssignmentTests
{
    private static readonly RetentionOffer Half = new("half", [], 0, new PriceReduction(50_000, null), 2, null, null);
    private static readonly RetentionOffer Rest = new("rest", [], 0, null, null, 30, null);
    private static readonly RetentionOffer Less = new("less", [], 0, null, null, null, "cheaper");

    private static Timeline Life(RetentionPolicy policy, string id = Timeline.Id)
    {
        var life = Given.Monthly(3000).OfProduct(p => p with { Retention = policy }).At("2024-06-01T00:00");
        life.Tell(((SubscriptionCommand.Subscribe)life.Subscription()) with { Id = id });
        return life;
    }

    private static int Assigned(RetentionPolicy policy, string id, int? preferred = null, string? reason = null) =>
        Life(policy, id).Tell(Ask.Retention(reason, preferred), By.Customer).State.Retention!.Number;

    private static Dictionary<int, int> Shares(RetentionPolicy policy, int? preferred) => Enumerable.Range(0, 5_000)
        .Select(n => Assigned(policy, $"customer-{n}", preferred)).CountBy(number => number).ToDictionary();

    [Fact]
    public void Of_many_customers_each_gets_its_share()
    {
        var shares = Shares(new RetentionPolicy(1, 20, 30, [Half, Rest, Less]), preferred: 2);

        Assert.InRange(shares[0], 900, 1_100);
        Assert.InRange(shares[1], 420, 580);
        Assert.InRange(shares[3], 420, 580);
        Assert.InRange(shares[2], 2_850, 3_150);
    }

    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(0, 0, 3)]
    public void All_or_nobody(int control, int explore, int expected) =>
        Assert.Equal(
            [expected],
            Enumerable.Range(0, 200).Select(n => Assigned(new RetentionPolicy(7, control, explore, [Half, Rest, Less]), $"c{n}", 3))
                .Distinct());

    [Fact]
    public void As_long_as_nobody_knows_the_sellers_best_guess_is_the_first() =>
        Assert.Equal(1, Assigned(new RetentionPolicy(7, 0, 0, [Half, Rest, Less]), "c1", preferred: null));

    [Fact]
    public void The_same_customer_meets_the_same_and_another_seed_deals_anew()
    {
        var policy = new RetentionPolicy(1, 30, 70, [Half, Rest, Less]);
        var first = Enumerable.Range(0, 300).Select(n => Assigned(policy, $"c{n}")).ToList();

        Assert.Equal(first, Enumerable.Range(0, 300).Select(n => Assigned(policy, $"c{n}")));
        Assert.NotEqual(first, Enumerable.Range(0, 300).Select(n => Assigned(policy with { Seed = 2 }, $"c{n}")));
    }

    /// <summary>Assignments are compared over years, so the random draw must be the same on every machine and in every version.</summary>
    [Fact]
    public void The_dice_never_change() => Assert.Equal(
        "3 3 2 2 3 3 1 0 3 3",
        string.Join(
            ' ', Enumerable.Range(0, 10).Select(n => Assigned(new RetentionPolicy(42, 30, 70, [Half, Rest, Less]), $"customer-{n}"))));

    [Fact]
    public void A_variant_answers_certain_reasons_and_asks_for_so_many_paid_recurrences()
    {
        ImmutableArray<RetentionOffer> offers = [
            Half with { Reasons = ["too_dear"] }, Rest with { Reasons = ["no_time"] }, Less with { PaidRecurrencesMin = 2 }];
        var policy = new RetentionPolicy(7, 0, 0, offers);

        Assert.Equal(1, Assigned(policy, "c", reason: "too_dear"));
        Assert.Equal(2, Assigned(policy, "c", reason: "no_time"));
        Assert.Equal(3, Life(policy).To("2024-07-01T00:00").Tell(Ask.Retention("moved")).State.Retention!.Number);
    }

    /// <summary>Regression: such customers counted in the control group, which made the group look worse than it is.</summary>
    [Fact]
    public void Whom_no_variant_fits_is_offered_nothing_and_is_not_of_the_control_group()
    {
        var life = Life(new RetentionPolicy(7, 0, 0, [Half with { Reasons = ["too_dear"] }])).Tell(Ask.Retention("moved"));

        Assert.Equal(new RetentionAssignment(RetentionAssignment.NothingFits, null, "moved"), life.State.Retention);
        Assert.Equal(0, life.Laws.Counters[Domain.Statistics.StatisticMetric.RetentionAssigned]);
        Assert.Equal("no_retention_offer", life.Refuses(Ask.AcceptRetention()).Code);
    }

    [Fact]
    public void A_best_variant_that_does_not_fit_gives_way_to_the_first_that_does() =>
        Assert.Equal(
            2, Assigned(
                new RetentionPolicy(7, 0, 0, [Half with { Reasons = ["too_dear"] }, Rest, Less]), "c", preferred: 1, reason: "moved"));

    [Fact]
    public void Who_asks_again_for_the_same_reason_sees_the_same_and_for_another_what_fits_that()
    {
        var life = Life(new RetentionPolicy(7, 0, 0, [Half with { Reasons = ["too_dear"] }, Rest])).Tell(Ask.Retention("too_dear"));

        Assert.Empty(life.Tell(Ask.Retention("too_dear", 2)).Happened);
        Assert.Equal(2, life.Tell(Ask.Retention("moved")).State.Retention!.Number);
    }

    [Fact]
    public void A_pause_is_offered_only_where_one_can_begin_and_a_cheaper_plan_only_where_there_is_one()
    {
        var pause = new RetentionPolicy(7, 0, 0, [Rest]);
        var unpaid = Life(pause);
        unpaid.Bank.Says(Bank.Soft);
        Assert.Equal(RetentionAssignment.NothingFits, unpaid.To("2024-07-01T00:00").Tell(Ask.Retention()).State.Retention!.Number);

        var here = new RetentionPolicy(7, 0, 0, [Less with { OfferId = "offer" }]);
        Assert.Equal(RetentionAssignment.NothingFits, Life(here).Tell(Ask.Retention()).State.Retention!.Number);
    }
}
