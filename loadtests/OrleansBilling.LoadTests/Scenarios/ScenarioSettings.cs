using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Scenarios.Cases;
using static OrleansBilling.LoadTests.Report.Numbers;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Describes the settings of a run; leaves out those without effect.</summary>
internal static class ScenarioSettings
{
    public static IEnumerable<Condition> Of(ScenarioOptions options, LoadScenario scenario, string target, int subscriptions)
    {
        yield return new("subscriptions", Invariant($"{subscriptions:N0} stored before the run"));
        yield return new("system", SystemOf(options, target));
        yield return new("provider", ProviderOf(options, scenario));
        yield return new("seed", Invariant($"{options.Seed}"));
        if (options.Machine.Of > 1) yield return new("machine", Invariant($"{options.Machine.Number} of {options.Machine.Of}"));
        if (scenario.Workload(options, subscriptions) is not null) yield return new("load", LoadOf(options, scenario));
        if (scenario.Products(options) > 1)
            yield return new("products", Invariant($"{scenario.Products(options):N0}, Zipf {options.Zipf:0.##}"));
    }

    private static string SystemOf(ScenarioOptions options, string target)
    {
        var urls = string.Join(", ", options.Urls.Select(gateway => gateway.Url));
        if (options.Urls.Count > 0) return $"already running: {urls}, {WayOf(options, target)}";
        var host = target == TargetNames.Silo ? "a silo and its client" : "bare handler";
        if (TargetNames.IsInProcess(target)) return Invariant($"{host} in this process, {options.Lanes} lanes");
        var silos = options.Silos == 0 ? "each also a silo" : Invariant($"{options.Silos} silos");
        return Invariant($"{options.Gateways} gateways, {silos}, {WayOf(options, target)}");
    }

    private static string ProviderOf(ScenarioOptions options, LoadScenario scenario)
    {
        if (options.Urls.Count > 0) return $"{options.Provider?.ToString() ?? "of the gateways"}, with its operator's settings";
        return scenario.Simulator(options) is { } simulator
            ? Invariant(
                $"stand-alone simulator, {simulator.LatencyMilliseconds} ms, {simulator.DropAnswerPercent} % of answers lost")
            : "simulator inside the runtime, answers at once";
    }

    private static string WayOf(ScenarioOptions options, string target) => target == TargetNames.Bulk
        ? Invariant($"{options.Streams} streams with {options.Callers:N0} unanswered lines at most")
        : Invariant($"{options.Connections:N0} connections");

    private static string LoadOf(ScenarioOptions options, LoadScenario scenario)
    {
        var warmUp = scenario.WarmsUp ? options.WarmUp : 0;
        return options.Loop == LoopNames.Open
            ? Invariant($"open loop, {options.Rate * scenario.RateFactor:N0} arrivals per second (Poisson), ") +
                Invariant($"{options.Seconds} s after {warmUp} s, at most {options.InFlight:N0} in flight")
            : Invariant($"closed loop, {options.Callers:N0} callers, {options.Seconds} s after {warmUp} s");
    }
}
