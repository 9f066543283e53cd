using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>A launch: only new subscriptions, each invoiced and charged.</summary>
internal sealed record SignUpRushScenario() : LoadScenario("sign-up-rush", "new subscriptions, each invoiced and charged", 100_000)
{
    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times) =>
        [new(catalog.Offers[0], times.SoldForLater, "tok_ok", subscriptions)];

    public override IWorkload Workload(ScenarioOptions options, int subscriptions) => new SignUpRush(subscriptions);
}
