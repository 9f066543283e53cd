using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Cases;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Rejects impossible combinations of options before anything starts.</summary>
internal static class ScenarioCheck
{
    /// <exception cref="BadArgumentException">The combination is impossible; the message says why.</exception>
    public static void Require(ScenarioOptions options, IReadOnlyList<LoadScenario> scenarios)
    {
        if (options.Streams > options.Callers) throw new BadArgumentException("--streams must not be more than --callers.");
        foreach (var scenario in scenarios)
        {
            if (options.Rate * scenario.RateFactor * (options.Seconds + options.WarmUp) > ArrivalSchedule.ArrivalsMax)
                throw new BadArgumentException($"--rate times --seconds makes more than {ArrivalSchedule.ArrivalsMax:N0} commands.");
        }

        if (options.Silos > 0 && options.Targets.Any(TargetNames.IsInProcess))
            throw new BadArgumentException("--silos are separate processes, reached over HTTP: use --target http or bulk.");
        if (options.Histogram is not null && scenarios.Count * options.Targets.Count > 1)
            throw new BadArgumentException("--histogram is the file of one run: name one scenario and one --target.");
        if (options.Urls.Count > 0) RequireRemote(options, scenarios);
        else if (options.Machine != MachineShare.Alone || options.StartAt is not null || options.Provider is not null)
            throw new BadArgumentException("--machine, --start-at and --provider go with --url.");
    }

    private static void RequireRemote(ScenarioOptions options, IReadOnlyList<LoadScenario> scenarios)
    {
        if (options.Targets.Any(TargetNames.IsInProcess))
            throw new BadArgumentException("--url is reached over HTTP: use --target http or bulk.");
        foreach (var gateway in options.Urls)
        {
            if (gateway.Url.Scheme != "http")
                throw new BadArgumentException($"{gateway.Url}: only plain http is supported: encryption would distort the figures.");
        }

        foreach (var scenario in scenarios)
        {
            if (scenario.Simulator(options) is { } simulator && options.Provider is null)
                throw new BadArgumentException(
                    $"{scenario.Name} tests a slow provider: start the payment simulator with " +
                    $"Simulator__LatencyMilliseconds={simulator.LatencyMilliseconds} and " +
                    $"Simulator__DropAnswerPercent={simulator.DropAnswerPercent}, " +
                    "configure the gateways to use it (Billing__Payments), " +
                    "and pass its address as --provider, so that the audit can read its book.");
        }
    }
}
