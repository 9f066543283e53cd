using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Remote;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Scenarios against a server that already runs.</summary>
public sealed class RemoteTests : IAsyncLifetime
{
    private GatewayProcess? gateway;

    public async ValueTask InitializeAsync() => gateway = await GatewayProcess.StartAsync(new GatewaySetup(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null) await gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("sign-up-rush", TargetNames.Bulk)]
    [InlineData("billing-day", TargetNames.Http)]
    public async Task What_is_stored_is_sold_through_the_api_and_the_audit_holds(string name, string target)
    {
        var scenario = LoadScenario.All.Single(scenario => scenario.Name == name);
        var outcome = await new RemoteRun(Options(Running), scenario, target).RunAsync(CancellationToken.None);
        Assert.All(outcome.Report.Checks, check => Assert.True(check.Ok, $"{check.What}: {check.Got}"));
        Assert.Equal(name == "billing-day" ? 200 : null, outcome.Driven.Renewals?.Paid);
        Assert.Equal(name == "billing-day", outcome.Driven.Commands.Count == 0);
    }

    [Fact]
    public async Task What_was_acknowledged_and_is_not_shown_is_found()
    {
        var catalog = LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Day, SeedTimes.PeriodDays), "t-");
        using var way = new GatewayWay([Running], Options(Running), catalog, byLines: true);
        var acknowledged = new AcknowledgedVersions();
        var now = SystemClock.Instance.GetCurrentInstant();
        var times = new SeedTimes(now, now + Duration.FromHours(1), Duration.Zero);
        var part = new SeedPart(catalog.Offers[0], times.SoldForLater, "tok_ok", 20);
        await new RemoteSetup(way, catalog, [part], times).RunAsync(acknowledged, CancellationToken.None);
        Assert.Empty(await BrokenAsync());

        acknowledged.Note(3, 99);
        Assert.Equal(["of these, shown with a version below the acknowledged one"], await BrokenAsync());
        acknowledged.Note(50, 1);
        Assert.Equal(2, (await BrokenAsync()).Count);

        async Task<IReadOnlyList<string>> BrokenAsync()
        {
            IReadOnlyList<RunCheck> checks = await new RemoteAudit(way, catalog, acknowledged)
                .RunAsync(now, nobodyPending: true, new HashSet<int>(), provider: null, CancellationToken.None);
            return [.. checks.Where(check => !check.Ok).Select(check => check.What)];
        }
    }

    private GatewayAddress Running => new(gateway!.Address, gateway.Key);

    internal static ScenarioOptions Options(GatewayAddress address) => new()
    {
        Scenarios = [], Targets = [TargetNames.Http], Loop = LoopNames.Open, Rate = 50, Seconds = 2, WarmUp = 1, Subscriptions = 200,
        Callers = 64, InFlight = 1_000, Connections = 8, Streams = 2, Lanes = 1, Gateways = 1, Silos = 0, Products = 3, Zipf = 1,
        Drain = 60, Seed = 1, Report = null, Urls = [address],
    };
}
