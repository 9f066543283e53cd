using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Tests.Simulation;

public sealed class SimulationTests
{
    /// <summary>To see a failing seed again: <c>SIMULATION_SEED=n dotnet test tests/OrleansBilling.Runtime.Tests --filter One_seed</c>.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEEDS") ?? "60", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly string[] MoneyEvents =
    [
        nameof(SubscriptionEvent.InvoiceIssued), nameof(SubscriptionEvent.InvoiceReduced), nameof(SubscriptionEvent.PlanChanged), nameof(SubscriptionEvent.PeriodEndMoved),
        nameof(SubscriptionEvent.BillingDateChanged), nameof(SubscriptionEvent.UsageRecorded), nameof(SubscriptionEvent.RenewalAlerted), nameof(SubscriptionEvent.SlipIssued),
        nameof(SubscriptionEvent.SlipReminded), nameof(SubscriptionEvent.LatePaymentReceived), nameof(SubscriptionEvent.CreditGranted), nameof(SubscriptionEvent.RefundSucceeded),
    ];

    [Fact]
    public void Whatever_goes_wrong_each_period_is_paid_once_and_nothing_acknowledged_is_lost()
    {
        var acknowledged = 0;
        var charges = 0;
        var happened = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var world = RunSeed(seed);
            acknowledged += world.Acknowledged;
            charges += world.Provider.Book.Count;
            happened.UnionWith(world.Happened);
        }

        // The simulation is worth something only while it does something.
        Assert.True(acknowledged > Seeds * 30, $"Only {acknowledged} commands were accepted.");
        Assert.Empty(MoneyEvents.Except(happened));
        Assert.True(charges > Seeds * 30, $"Only {charges} payments were asked for.");
    }

    [Fact]
    public void One_seed_gives_one_history()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("SIMULATION_SEED") ?? "7", System.Globalization.CultureInfo.InvariantCulture);
        var first = RunSeed(seed);
        var second = RunSeed(seed);
        Assert.Equal(first.Journal.Commits, second.Journal.Commits);
        Assert.Equal(first.Provider.Book, second.Provider.Book);
    }

    private static World RunSeed(int seed)
    {
        var world = new World(seed);
        try
        {
            world.Run(subscriptions: 8, rounds: 60);
            return world;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed} failed: {e.Message} Run SIMULATION_SEED={seed} dotnet test tests/OrleansBilling.Runtime.Tests --filter One_seed", e);
        }
    }
}
