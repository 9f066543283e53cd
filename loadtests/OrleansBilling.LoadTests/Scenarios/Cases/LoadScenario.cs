using NodaTime;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>What a scenario begins with and what is asked of the system; how it is driven is the same for all.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Description">One line for people.</param>
/// <param name="SubscriptionsDefault">Stored subscriptions, unless told otherwise.</param>
internal abstract record LoadScenario(string Name, string Description, int SubscriptionsDefault)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LoadScenario> All { get; } =
        [new SteadyScenario(), new SignUpRushScenario(), new BillingDayScenario(), new FailingProviderScenario(),
            new CancellationStormScenario(), new MarketplaceDayScenario(), new PeakDayScenario()];

    /// <summary>How many products there are.</summary>
    public virtual int Products(ScenarioOptions options) => 1;

    /// <summary>What is stored before.</summary>
    public abstract IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times);

    /// <summary>The commands; null where due work is all.</summary>
    public virtual IWorkload? Workload(ScenarioOptions options, int subscriptions) => null;

    /// <summary>How many times as many commands a second arrive as were asked for.</summary>
    public virtual double RateFactor => 1;

    /// <summary>Whether every stored subscription is brought into memory first.</summary>
    public virtual bool Touches => false;

    /// <summary>Whether commands are sent for a while before they count.</summary>
    public virtual bool WarmsUp => true;

    /// <summary>Whether stored subscriptions fall due during the run.</summary>
    public virtual bool HasDueWork => false;

    /// <summary>How many renewals there must be at the end, all due at one instant; null where that depends on what customers do.</summary>
    public virtual int? RenewalsExpected(int subscriptions) => null;

    /// <summary>Whether a reader watches how soon cancellations show in the statistics.</summary>
    public virtual bool WatchesStatistics => false;

    /// <summary>Whether rules of billing may refuse some of it.</summary>
    public virtual bool ExpectsRefusals => false;

    /// <summary>Whether everybody must have paid once at the end.</summary>
    public virtual bool NobodyPending => true;

    /// <summary>The stand-alone provider that is to be used; null for the one beside the runtime, which answers at once.</summary>
    public virtual PaymentSimulatorSetup? Simulator(ScenarioOptions options) => null;
}

/// <summary>Instants that what is stored was sold at. Periods last 30 days, so that every due time can be hit.</summary>
/// <param name="Now">When the database is filled.</param>
/// <param name="Due">When due work begins.</param>
/// <param name="Length">How long load goes on.</param>
internal sealed record SeedTimes(Instant Now, Instant Due, Duration Length)
{
    public const int PeriodDays = 30;

    /// <summary>Enough for filling and starting; when it takes longer, the system begins by catching up.</summary>
    private const int SubscriptionsFilledPerSecond = 20_000;
    private const int ProductsMadePerSecond = 100;
    private static readonly Duration StartsWithin = Duration.FromSeconds(15);

    /// <summary>In the middle of a period that outlasts the run.</summary>
    public Instant SoldForLater => Now - Duration.FromDays(PeriodDays / 3);

    public static SeedTimes From(Instant now, int subscriptions, int products, ScenarioOptions options)
    {
        var ready = now + StartsWithin + Duration.FromSeconds(
            (subscriptions / SubscriptionsFilledPerSecond) + (products / ProductsMadePerSecond));
        return new SeedTimes(now, Instant.FromUnixTimeMilliseconds(ready.ToUnixTimeMilliseconds()), Duration.FromSeconds(options.Seconds));
    }

    /// <summary>When a part falls due, if that is while load goes on; null for long afterwards.</summary>
    public Instant? DueOf(SeedPart part) =>
        part.SoldAt + Duration.FromDays(PeriodDays) is var due && due <= Due + Length ? due : null;

    /// <summary>When to sell for a renewal so long after due work begins.</summary>
    public Instant SoldForDue(Duration later) => Due + later - Duration.FromDays(PeriodDays);
}
