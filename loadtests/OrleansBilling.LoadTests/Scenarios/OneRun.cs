using System.Diagnostics;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Due;
using OrleansBilling.LoadTests.Scenarios.Systems;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Runs one scenario against one target: fill a database, start the system, load it, let it finish, stop it, audit.</summary>
internal sealed class OneRun(ScenarioOptions options, LoadScenario scenario, string target, PrivatePostgres postgres)
{
    private readonly int subscriptions = options.Subscriptions ?? scenario.SubscriptionsDefault;
    private readonly AcknowledgedVersions acknowledged = new();
    private readonly Machine machine = new();

    private string Title => $"{scenario.Name}, by {target}";

    public async Task<ScenarioOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var database = $"{scenario.Name}_{target}".Replace('-', '_');
        var connectionString = await postgres.CreateDatabaseAsync(database, cancellationToken);
        var times = SeedTimes.From(SystemClock.Instance.GetCurrentInstant(), subscriptions, scenario.Products(options), options);
        var plan = await FillAsync(connectionString, times, cancellationToken);
        await using var simulator = scenario.Simulator(options) is { } setup
            ? await PaymentSimulatorProcess.StartAsync(setup, cancellationToken)
            : null;
        var (driven, ledger) = await DriveAsync(connectionString, plan, times, simulator, cancellationToken);

        Screen.Line($"{Title}: audit");
        var audit = await new ScenarioAudit(connectionString, plan, acknowledged, scenario.NobodyPending)
            .RunAsync(driven.LoadEndedAt, ledger, simulator?.Address, cancellationToken);
        await postgres.DropDatabaseAsync(database, cancellationToken);
        IReadOnlyList<Condition> conditions =
            [.. await machine.ReadAsync(postgres, cancellationToken), .. ScenarioSettings.Of(options, scenario, target, subscriptions)];
        var report = ScenarioReport.Of(
            scenario, target, conditions, driven, [.. driven.Checks(scenario), .. CheckRenewals(driven), .. audit]);
        return new ScenarioOutcome(scenario.Name, target, driven, report);
    }

    private async Task<SeedPlan> FillAsync(string connectionString, SeedTimes times, CancellationToken cancellationToken)
    {
        await using var storage = await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);
        var catalog = LoadCatalog.Make(scenario.Products(options), new BillingInterval(IntervalUnit.Day, SeedTimes.PeriodDays));
        var plan = await SeedPlan.PrepareAsync(storage, catalog, scenario.Parts(options, catalog, subscriptions, times), cancellationToken);
        await Screen.ProgressAsync(
            $"{Title}: filling", plan.Count, done =>
                new CopySeed(connectionString, plan).FillAsync(storage.Journal, done, cancellationToken));
        return plan;
    }

    /// <summary>The system runs only inside this method; nothing is in progress when it returns.</summary>
    private async Task<(DrivenLoad Driven, ProviderLedger? Ledger)> DriveAsync(
        string connectionString, SeedPlan plan, SeedTimes times, PaymentSimulatorProcess? simulator, CancellationToken cancellationToken)
    {
        var systemStartedAt = Stopwatch.GetTimestamp();
        await using var system = await StartAsync(connectionString, plan.Catalog, simulator?.Address, cancellationToken);
        try
        {
            await using var way = await system.OpenTargetAsync(cancellationToken);
            var processors = new ProcessorUse(
            [
                .. system.Processes, ("postgres", postgres.ProcessorTime),
                .. simulator is null ? [] : new (string, Func<TimeSpan?>)[] { ("provider", () => simulator.ProcessorTime) },
            ]);
            var driver = new LoadDriver(options, scenario, system, way, plan.Catalog, plan.Count, acknowledged);
            if (scenario.Touches) await driver.TouchAsync(cancellationToken);
            if (scenario.HasDueWork)
                await LoadDriver.WaitUntilAsync(times.Due - Duration.FromTimeSpan(driver.WarmUp), cancellationToken);

            // Work that was due before the system started could not be done earlier, so the later time counts.
            await using var due = new DueWatch(connectionString, Math.Max(systemStartedAt, TimestampOf(times.Due)));
            DrivenLoad? driven = null;
            await Screen.LiveAsync(Title, async show => driven = await driver.RunAsync(due, processors, show, cancellationToken));
            return (driven!, system.Ledger);
        }
        catch (LoadTestException exception)
        {
            throw system.Explain(exception);
        }
    }

    private async Task<RunningSystem> StartAsync(
        string connectionString, LoadCatalog catalog, Uri? payments, CancellationToken cancellationToken) => target switch
    {
        TargetNames.Runtime =>
            await InProcessSystem.StartAsync(
                "load and runtime", Turns.OpenAsync, connectionString, options.Lanes, catalog, payments, cancellationToken),
        TargetNames.Silo =>
            await InProcessSystem.StartAsync(
                "load and silo", LiveSilo.OpenAsync, connectionString, options.Lanes, catalog, payments, cancellationToken),
        TargetNames.Http => await GatewaySystem.StartAsync(options, connectionString, catalog, byLines: false, payments, cancellationToken),
        TargetNames.Bulk => await GatewaySystem.StartAsync(options, connectionString, catalog, byLines: true, payments, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown target {target}."),
    };

    private IEnumerable<RunCheck> CheckRenewals(DrivenLoad driven)
    {
        if (scenario.RenewalsExpected(subscriptions) is { } expected)
            yield return RunCheck.Same("renewals invoiced", expected, driven.Renewals?.Invoiced ?? 0);
    }

    private static long TimestampOf(Instant instant) =>
        Stopwatch.GetTimestamp() + (long)((instant - SystemClock.Instance.GetCurrentInstant()).TotalSeconds * Stopwatch.Frequency);
}
