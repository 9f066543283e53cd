using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>
/// Half of the subscriptions are due while the payment provider is slow, declines many charges and loses answers. Commands
/// to the other half continue and must not be affected.
/// </summary>
internal sealed record FailingProviderScenario() : LoadScenario(
    "failing-provider", "renewals at a provider with 30 % declines, 2 % unknown, 200 ms; commands continue", 40_000)
{
    private const string Token = "tok_flaky_30";
    private const int LatencyMilliseconds = 200;
    private const int UnknownPercent = 2;

    public override bool HasDueWork => true;

    public override int? RenewalsExpected(int subscriptions) => DueOf(subscriptions);

    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times)
    {
        var due = DueOf(subscriptions);
        return [new(catalog.Offers[0], times.SoldForDue(default), Token, due),
            new(catalog.Offers[0], times.SoldForLater, "tok_ok", subscriptions - due)];
    }

    public override IWorkload Workload(ScenarioOptions options, int subscriptions)
    {
        var due = DueOf(subscriptions);
        return new SteadyCommands(due, subscriptions - due, options.Seed);
    }

    public override PaymentSimulatorSetup Simulator(ScenarioOptions options) => new(LatencyMilliseconds, UnknownPercent, options.Seed);

    private static int DueOf(int subscriptions) => subscriptions / 2;
}
