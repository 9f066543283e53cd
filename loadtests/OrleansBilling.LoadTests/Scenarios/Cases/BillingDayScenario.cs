using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>The first of the month: all subscriptions are due at once, none is in memory, each is invoiced and charged.</summary>
internal sealed record BillingDayScenario() : LoadScenario("billing-day", "all subscriptions due at one instant", 1_000_000)
{
    public override bool HasDueWork => true;

    public override int? RenewalsExpected(int subscriptions) => subscriptions;

    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times) =>
        [new(catalog.Offers[0], times.SoldForDue(default), "tok_ok", subscriptions)];
}
