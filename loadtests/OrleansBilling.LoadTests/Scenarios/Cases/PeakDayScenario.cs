using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Cases;

/// <summary>
/// The busiest day of the year: a marketplace day with five times the sign-ups and the usual number of other commands, while
/// the stand-alone payment provider takes twice as long as usual.
/// </summary>
internal sealed record PeakDayScenario() : MarketplaceDayScenario(
    "peak-day", "a marketplace's day with five times the sign-ups, the provider at half its speed")
{
    private const int SignUps = 5;
    private const int UsualLatencyMilliseconds = 100;

    public override double RateFactor => MarketplaceDay.LoadOf(SignUps);

    public override IWorkload Workload(ScenarioOptions options, int subscriptions) =>
        new MarketplaceDay(subscriptions, Popularity(options), options.Seed, SignUps);

    public override PaymentSimulatorSetup Simulator(ScenarioOptions options) => new(2 * UsualLatencyMilliseconds, 0, options.Seed);
}
