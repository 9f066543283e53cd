using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Load;
using OrleansBilling.LoadTests.Scenarios.Report;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>The whole of <c>scenario</c>: each scenario by each way in, on a new database each, with an audit and a report.</summary>
internal static class ScenarioRun
{
    public static async Task<int> RunAsync(ScenarioOptions options, CancellationToken cancellationToken)
    {
        Check(options);
        var scenarios = LoadScenario.All.Where(scenario => options.Scenarios.Contains(scenario.Name)).ToList();
        Screen.Line("starting PostgreSQL");
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var reports = new List<ScenarioReport>();
        foreach (var scenario in scenarios)
        {
            foreach (var target in options.Targets)
            {
                var report = await new OneRun(options, scenario, target, postgres).RunAsync(cancellationToken);
                reports.Add(report);
                ScenarioTables.Show(report);
                if (options.Report is { } directory)
                    await ReportFiles.WriteAsync(directory, report.FileName, report, ScenarioPage.Write(report), cancellationToken);
            }
        }

        if (reports.Count > 1) ScenarioTables.ShowSummary(reports);
        return reports.All(report => report.Ok) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Check(ScenarioOptions options)
    {
        if (options.Streams > options.Callers) throw new BadArgumentException("--streams must not be more than --callers.");
        if (options.Rate * (double)(options.Seconds + options.WarmUp) > PoissonSchedule.ArrivalsMax)
            throw new BadArgumentException($"--rate over so many seconds makes more than {PoissonSchedule.ArrivalsMax:N0} commands.");
        if (options.Silos > 0 && options.Targets.Any(TargetNames.IsInProcess))
            throw new BadArgumentException("--silos are processes of their own, reached over HTTP: use --target http or bulk.");
    }
}
