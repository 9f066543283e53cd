using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Cases;

namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>What cannot be done is refused before anything is started.</summary>
internal static class ScenarioCheck
{
    /// <exception cref="BadArgumentException">Why not.</exception>
    public static void Require(ScenarioOptions options, IReadOnlyList<LoadScenario> scenarios)
    {
        if (options.Streams > options.Callers) throw new BadArgumentException("--streams must not be more than --callers.");
        foreach (var scenario in scenarios)
        {
            if (options.Rate * scenario.RateFactor * (options.Seconds + options.WarmUp) > ArrivalSchedule.ArrivalsMax)
                throw new BadArgumentException($"--rate over so many seconds makes more than {ArrivalSchedule.ArrivalsMax:N0} commands.");
        }

        if (options.Silos > 0 && options.Targets.Any(TargetNames.IsInProcess))
            throw new BadArgumentException("--silos are processes of their own, reached over HTTP: use --target http or bulk.");
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
                throw new BadArgumentException($"{gateway.Url}: load goes over plain http only, so that encrypting it costs no figure.");
        }

        foreach (var scenario in scenarios)
        {
            if (scenario.Simulator(options) is { } simulator && options.Provider is null)
                throw new BadArgumentException(
                    $"{scenario.Name} is about the provider: start the payment simulator with Simulator__LatencyMilliseconds={simulator.LatencyMilliseconds} and Simulator__DropAnswerPercent={simulator.DropAnswerPercent}, let the gateways charge with it (Billing__Payments), and say where it is by --provider, so that the audit can read its book.");
        }
    }
}
