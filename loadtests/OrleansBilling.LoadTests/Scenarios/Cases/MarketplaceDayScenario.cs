using NodaTime;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>
/// A scaled-down day of a marketplace: a few products have most sales, customers send many kinds of commands, and at
/// intervals some of the subscriptions renew.
/// </summary>
internal record MarketplaceDayScenario(string Name, string Description) : LoadScenario(Name, Description, 100_000)
{
    private const int Waves = 4;

    /// <summary>One subscription in this many renews with each wave.</summary>
    private const int WaveShare = 40;

    public MarketplaceDayScenario()
        : this("marketplace-day", "mixed commands and renewals over many products, Zipf-distributed")
    {
    }

    public override bool HasDueWork => true;

    public override bool ExpectsRefusals => true;

    // Some sign up with a card that is declined.
    public override bool NobodyPending => false;

    public override int Products(ScenarioOptions options) => options.Products;

    public override IEnumerable<SeedPart> Parts(ScenarioOptions options, LoadCatalog catalog, int subscriptions, SeedTimes times)
    {
        var counts = Popularity(options).ShareOut(subscriptions);
        for (var product = 0; product < counts.Length; product++)
        {
            var inWave = counts[product] / WaveShare;
            for (var wave = 0; wave < Waves; wave++)
                yield return new SeedPart(
                    catalog.Offers[product], times.SoldForDue(Duration.FromMilliseconds(times.Length.TotalMilliseconds * wave / Waves)),
                    "tok_ok", inWave);
            yield return new SeedPart(catalog.Offers[product], times.SoldForLater, "tok_ok", counts[product] - (inWave * Waves));
        }
    }

    public override IWorkload Workload(ScenarioOptions options, int subscriptions) =>
        new MarketplaceDay(subscriptions, Popularity(options), options.Seed);

    protected static Zipf Popularity(ScenarioOptions options) => new(options.Products, options.Zipf);
}
