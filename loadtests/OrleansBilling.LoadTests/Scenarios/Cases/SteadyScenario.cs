using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>The simple case: commands change stored subscriptions that are all in memory.</summary>
internal sealed record SteadyScenario() : LoadScenario("steady", "changes of payment method over all subscriptions", 100_000)
{
    public override bool Touches => true;

    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times) =>
        [new(catalog.Offers[0], times.SoldForLater, "tok_ok", subscriptions)];

    public override IWorkload Workload(ScenarioOptions options, int subscriptions) => new SteadyCommands(0, subscriptions, options.Seed);
}
