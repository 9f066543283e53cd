using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Scenarios.Cases;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>
/// Runs <c>scenario</c>: each scenario against each target, with a new database per run or against servers that already run.
/// Each run ends with an audit and a report.
/// </summary>
internal static class ScenarioRun
{
    public static async Task<int> RunAsync(ScenarioOptions whole, CancellationToken cancellationToken)
    {
        var scenarios = LoadScenario.All.Where(scenario => whole.Scenarios.Contains(scenario.Name)).ToList();
        ScenarioCheck.Require(whole, scenarios);
        var options = whole.OfMachine();
        await using var postgres = options.Urls.Count > 0 ? null : await StartPostgresAsync(cancellationToken);
        var outcomes = new List<ScenarioOutcome>();
        foreach (var scenario in scenarios)
        {
            foreach (var target in options.Targets)
            {
                var outcome = postgres is null
                    ? await new RemoteRun(options, scenario, target).RunAsync(cancellationToken)
                    : await new OneRun(options, scenario, target, postgres).RunAsync(cancellationToken);
                outcomes.Add(outcome);
                await Screen.ShowAsync(outcome.Report, options.Report, cancellationToken);
                if (options.Histogram is not { } path) continue;
                await outcome.Histogram(options, scenario.RateFactor).WriteAsync(path, cancellationToken);
                Screen.Line($"histogram: {path}");
            }
        }

        if (outcomes.Count > 1) Screen.Table(ScenarioOutcome.Summary(outcomes));
        return outcomes.All(outcome => outcome.Report.Ok) ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<PrivatePostgres> StartPostgresAsync(CancellationToken cancellationToken)
    {
        Screen.Line("starting PostgreSQL");
        return PrivatePostgres.StartAsync(cancellationToken);
    }
}
