using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Remote;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>
/// Runs one scenario against gateways that already run: sell the initial subscriptions through the API, start together with
/// the other machines, load, let the work finish, audit through the API. The created data stays.
/// </summary>
internal sealed class RemoteRun(ScenarioOptions options, LoadScenario scenario, string target)
{
    private readonly int stored = options.Machine.ShareOf(options.Subscriptions ?? scenario.SubscriptionsDefault);
    private readonly AcknowledgedVersions acknowledged = new();
    private readonly Machine machine = new();

    /// <summary>No two runs with one machine number start in the same second, so ids do not collide.</summary>
    private readonly string tag = Numbers.Invariant($"r{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x}-{options.Machine.Number}-");

    private TimeSpan WarmUp =>
        scenario.WarmsUp && scenario.Workload(options, stored) is not null ? options.WarmingUp : TimeSpan.Zero;

    private string Title => $"{scenario.Name}, by {target}, machine {options.Machine.Number} of {options.Machine.Of}";

    public async Task<ScenarioOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var catalog = LoadCatalog.Make(scenario.Products(options), new BillingInterval(IntervalUnit.Day, SeedTimes.PeriodDays), tag);
        using var way = new GatewayWay(options.Urls, options, catalog, target == TargetNames.Bulk);
        await RequireMachineClockAsync(cancellationToken);
        if (scenario.Simulator(options) is { } wanted)
            await ProviderProbe.RequireAsync(options.Provider!, wanted, tag, cancellationToken);

        var system = new RemoteSystem(way);
        var times = Times(SystemClock.Instance.GetCurrentInstant());
        var parts = scenario.Parts(options, catalog, stored, times).Where(part => part.Count > 0).ToList();
        await new RemoteSetup(way, catalog, parts, times).RunAsync(acknowledged, cancellationToken);
        await WaitForStartAsync(times.Due, cancellationToken);

        // Opened only now, because gateways close streams that are idle for minutes. The new subscriptions are already in memory.
        await using var opened = await system.OpenTargetAsync(cancellationToken);
        var driver = new LoadDriver(options, scenario, system, opened, catalog, stored, acknowledged);
        await using var due = new ApiDueWatch(way, catalog.Sellers, waitsForStart: true);
        DrivenLoad? driven = null;
        var processors = new ProcessorUse([.. system.Processes]);
        await Screen.LiveAsync(Title, async show => driven = await driver.RunAsync(due, processors, show, cancellationToken));
        Screen.Line($"{Title}: audit");
        var audit = await AuditAsync(way, catalog, parts, driven!, cancellationToken);
        IReadOnlyList<Condition> conditions =
            [.. await machine.ReadAsync(null, cancellationToken), .. ScenarioSettings.Of(options, scenario, target, stored)];
        var report = ScenarioReport.Of(scenario, target, conditions, driven!, [.. driven!.Checks(scenario), .. audit]);
        return new ScenarioOutcome(
            scenario.Name, target, driven,
            options.Machine.Of == 1 ? report : report with { Name = $"{report.Name}-{options.Machine.Number}", Title = Title });
    }

    private async Task WaitForStartAsync(Instant due, CancellationToken cancellationToken)
    {
        if (options.StartAt is { } startAt && SystemClock.Instance.GetCurrentInstant() > startAt)
            throw new LoadTestException($"The setup finished only after {startAt}: give a later --start-at.");
        if (options.StartAt is not null || scenario.HasDueWork)
            await LoadDriver.WaitUntilAsync(due - Duration.FromTimeSpan(WarmUp), cancellationToken);
    }

    /// <summary>A gateway shows its clock only when it is virtual.</summary>
    private async Task RequireMachineClockAsync(CancellationToken cancellationToken)
    {
        using var client = new ApiClient(options.Urls[0].Url, options.Urls[0].Key);
        var clock = await client.GetAsync("/v1/clock", cancellationToken);
        if (clock.Succeeded)
            throw new LoadTestException(
                "The gateway's clock is virtual, so nothing falls due during the load: use Billing__Clock=system.");
        if (clock.Code != "clock_not_virtual") clock.Required($"GET {options.Urls[0].Url}v1/clock");
    }

    private Task<IReadOnlyList<RunCheck>> AuditAsync(
        GatewayWay way, LoadCatalog catalog, IReadOnlyList<SeedPart> parts, DrivenLoad driven, CancellationToken cancellationToken)
    {
        // When all due subscriptions are due at one instant, they are the first part of the seed.
        var due = scenario.RenewalsExpected(stored) is { } count ? Enumerable.Range(0, count).ToHashSet() : [];
        return new RemoteAudit(way, catalog, acknowledged).RunAsync(
            driven.LoadEndedAt, scenario.NobodyPending && parts.All(part => part.Token == "tok_ok"), due, options.Provider,
            cancellationToken);
    }

    /// <summary>Selling through the API takes longer than COPY. With --start-at, the load starts at that time.</summary>
    private SeedTimes Times(Instant now)
    {
        const int SoldPerSecond = 1_000;
        const int ProductsPerSecond = 50;
        var ready = now + Duration.FromSeconds(15 + (stored / SoldPerSecond) + (scenario.Products(options) / ProductsPerSecond));
        var due = options.StartAt + Duration.FromTimeSpan(WarmUp) ?? ready;
        return new SeedTimes(now, Instant.FromUnixTimeMilliseconds(due.ToUnixTimeMilliseconds()), Duration.FromSeconds(options.Seconds));
    }
}
