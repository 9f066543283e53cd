using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Simulation;
using OrleansBilling.Simulation.Laws;

namespace OrleansBilling.Runtime.Tests.Simulation;

/// <summary>A failing simulation prints the broken law and the seed that repeats it.</summary>
public sealed class SimulationTests
{
    private const int Seeds = 60;

    private static readonly string[] MoneyEvents =
    [
        nameof(SubscriptionEvent.InvoiceIssued), nameof(SubscriptionEvent.InvoiceReduced), nameof(SubscriptionEvent.PlanChanged),
        nameof(SubscriptionEvent.PeriodEndMoved),
        nameof(SubscriptionEvent.BillingDateChanged), nameof(SubscriptionEvent.UsageRecorded), nameof(SubscriptionEvent.RenewalAlerted),
        nameof(SubscriptionEvent.VoucherIssued),
        nameof(SubscriptionEvent.VoucherReminded), nameof(SubscriptionEvent.LatePaymentReceived), nameof(SubscriptionEvent.CreditGranted),
        nameof(SubscriptionEvent.RefundSucceeded),
    ];

    [Fact]
    public void Whatever_goes_wrong_each_period_is_paid_once_and_nothing_acknowledged_is_lost()
    {
        var worlds = Enumerable.Range(1, Seeds).Select(Soak.Live).ToList();

        // A simulation in which nothing happens would prove nothing.
        var acknowledged = worlds.Sum(world => world.AcknowledgedCount);
        Assert.True(acknowledged > Seeds * 30, $"Only {acknowledged} commands were accepted.");
        var charges = worlds.Sum(world => world.Provider.Book.Count);
        Assert.True(charges > Seeds * 30, $"Only {charges} payments were asked for.");
        var lost = worlds.Sum(world => world.AnswersLost);
        Assert.True(lost > Seeds, $"Only {lost} commits and charges were done by a process that did not live to learn of it.");
        Assert.Empty(MoneyEvents.Except(worlds.SelectMany(world => world.Happened)));
    }

    /// <summary>Usage that a lost process had counted was acknowledged with the version before it.</summary>
    [Theory]
    [InlineData(427)]
    public void A_world_that_broke_a_law_once_breaks_none(int seed) => Assert.True(Soak.Live(seed).Laws.Checked > 0);

    [Fact]
    public void One_seed_gives_one_history()
    {
        var (first, second) = (Soak.Live(7), Soak.Live(7));
        Assert.Equal(first.Journal.Commits, second.Journal.Commits);
        Assert.Equal(first.Provider.Book, second.Provider.Book);
        Assert.Equal(first.Laws.Checked, second.Laws.Checked);
    }

    /// <summary>Callers of a provider or a journal catch every exception, so broken laws must surface in another way.</summary>
    [Fact]
    public void A_law_that_was_broken_is_told_even_if_the_code_under_test_caught_it()
    {
        var laws = new LawBook();
        laws.ThrowIfBroken();
        Assert.Throws<BrokenLawException>(() => laws.Same(1, 2, "One is two"));
        Assert.Throws<BrokenLawException>(() => laws.Hold(false, "Later"));
        Assert.StartsWith("One is two", Assert.Throws<BrokenLawException>(laws.ThrowIfBroken).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minute_of_worlds_breaks_no_law()
    {
        var soak = new Soak(firstSeed: 1_001);
        await soak.RunAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(soak.Report.SimulatedYears, 1, double.MaxValue);
        Assert.True(soak.Report.Faults > soak.Report.Worlds * 10, $"{soak.Report}");
        Assert.True(soak.Report.LawsChecked > soak.Report.Worlds * 1_000, $"{soak.Report}");
    }
}
