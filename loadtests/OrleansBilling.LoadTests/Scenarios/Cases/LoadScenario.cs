using NodaTime;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>The initial data and the load of a scenario. All scenarios are driven in the same way.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Description">One line for people.</param>
/// <param name="SubscriptionsDefault">Default number of stored subscriptions.</param>
internal abstract record LoadScenario(string Name, string Description, int SubscriptionsDefault)
{
    public static IReadOnlyList<LoadScenario> All { get; } =
        [new SteadyScenario(), new SignUpRushScenario(), new BillingDayScenario(), new FailingProviderScenario(),
            new CancellationStormScenario(), new MarketplaceDayScenario(), new PeakDayScenario()];

    /// <summary>Number of products.</summary>
    public virtual int Products(ScenarioOptions options) => 1;

    /// <summary>What is stored before the run.</summary>
    public abstract IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times);

    /// <summary>The commands; null when the scenario consists of due work only.</summary>
    public virtual IWorkload? Workload(ScenarioOptions options, int subscriptions) => null;

    /// <summary>Factor on the requested arrival rate.</summary>
    public virtual double RateFactor => 1;

    /// <summary>Whether every stored subscription is first loaded into memory.</summary>
    public virtual bool Touches => false;

    /// <summary>Whether commands are sent before the measurement.</summary>
    public virtual bool WarmsUp => true;

    /// <summary>Whether stored subscriptions fall due during the run.</summary>
    public virtual bool HasDueWork => false;

    /// <summary>Expected renewals at the end, all due at one instant; null when the number depends on what customers do.</summary>
    public virtual int? RenewalsExpected(int subscriptions) => null;

    /// <summary>Whether a reader measures how soon cancellations show in the statistics.</summary>
    public virtual bool WatchesStatistics => false;

    /// <summary>Whether billing rules may refuse some commands.</summary>
    public virtual bool ExpectsRefusals => false;

    /// <summary>Whether every subscription must have its first payment at the end.</summary>
    public virtual bool NobodyPending => true;

    /// <summary>The stand-alone payment simulator to use; null for the one inside the runtime, which answers at once.</summary>
    public virtual PaymentSimulatorSetup? Simulator(ScenarioOptions options) => null;
}

/// <summary>When the stored subscriptions were sold. Periods last 30 days, so that every due time can be chosen.</summary>
/// <param name="Now">When the database is filled.</param>
/// <param name="Due">When due work starts.</param>
/// <param name="Length">How long the load lasts.</param>
internal sealed record SeedTimes(Instant Now, Instant Due, Duration Length)
{
    public const int PeriodDays = 30;

    /// <summary>Slow enough to cover filling and starting; if they take longer, the system starts with a backlog.</summary>
    private const int SubscriptionsFilledPerSecond = 20_000;
    private const int ProductsMadePerSecond = 100;
    private static readonly Duration StartsWithin = Duration.FromSeconds(15);

    /// <summary>The sale time of subscriptions whose current period outlasts the run.</summary>
    public Instant SoldForLater => Now - Duration.FromDays(PeriodDays / 3);

    public static SeedTimes From(Instant now, int subscriptions, int products, ScenarioOptions options)
    {
        var ready = now + StartsWithin + Duration.FromSeconds(
            (subscriptions / SubscriptionsFilledPerSecond) + (products / ProductsMadePerSecond));
        return new SeedTimes(now, Instant.FromUnixTimeMilliseconds(ready.ToUnixTimeMilliseconds()), Duration.FromSeconds(options.Seconds));
    }

    /// <summary>When a part falls due, if that is during the load; null when it is long afterward.</summary>
    public Instant? DueOf(SeedPart part) =>
        part.SoldAt + Duration.FromDays(PeriodDays) is var due && due <= Due + Length ? due : null;

    /// <summary>The sale time of a subscription that renews this long after due work starts.</summary>
    public Instant SoldForDue(Duration later) => Due + later - Duration.FromDays(PeriodDays);
}
