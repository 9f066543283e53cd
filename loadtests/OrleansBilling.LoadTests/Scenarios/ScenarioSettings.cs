using System.Globalization;
using OrleansBilling.LoadTests.Scenarios.Cases;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>How load was made, in words; only what mattered in this run.</summary>
internal static class ScenarioSettings
{
    public static IReadOnlyDictionary<string, string> Of(ScenarioOptions options, LoadScenario scenario, string target, int subscriptions)
    {
        var settings = new Dictionary<string, string>
        {
            ["subscriptions"] = Text($"{subscriptions:N0} stored before"),
            ["system"] = TargetNames.IsInProcess(target)
                ? Text($"{(target == TargetNames.Silo ? "a silo and its client" : "bare handler")} in this process, {options.Lanes} lanes")
                : Text($"{options.Gateways} gateways, {(options.Silos == 0 ? "silos themselves" : Text($"{options.Silos} silos"))}, {Way(options, target)}"),
            ["provider"] = scenario.Simulator(options) is { } simulator
                ? Text($"stand-alone simulator, {simulator.LatencyMilliseconds} ms, {simulator.DropAnswerPercent} % of the answers lost")
                : "simulator beside the runtime, answers at once",
            ["seed"] = Text($"{options.Seed}"),
        };
        if (scenario.Workload(options, subscriptions) is not null) settings["load"] = Load(options, scenario);
        if (scenario.Products(options) > 1) settings["products"] = Text($"{scenario.Products(options):N0}, Zipf {options.Zipf:0.##}");
        return settings;
    }

    private static string Way(ScenarioOptions options, string target) => target == TargetNames.Bulk
        ? Text($"{options.Streams} streams with {options.Callers:N0} lines unanswered at most")
        : Text($"{options.Connections:N0} connections");

    private static string Load(ScenarioOptions options, LoadScenario scenario)
    {
        var warmUp = scenario.WarmsUp ? options.WarmUp : 0;
        return options.Loop == LoopNames.Open
            ? Text($"open loop, {options.Rate:N0} arrivals a second (Poisson), {options.Seconds} s after {warmUp} s, at most {options.InFlight:N0} in flight")
            : Text($"closed loop, {options.Callers:N0} callers, {options.Seconds} s after {warmUp} s");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
