using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>A seller makes bad news: all its customers cancel while the seller watches the statistics.</summary>
internal sealed record CancellationStormScenario() : LoadScenario(
    "cancellation-storm", "all subscriptions of a seller canceled while its statistics are watched", 100_000)
{
    // The storm ends when everybody has canceled, so no subscription is left for a warm-up.
    public override bool WarmsUp => false;

    public override bool WatchesStatistics => true;

    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times) =>
        [new(catalog.Offers[0], times.SoldForLater, "tok_ok", subscriptions)];

    public override IWorkload Workload(ScenarioOptions options, int subscriptions) => new CancellationStorm(subscriptions);
}
