using System.CommandLine;
using OrleansBilling.LoadTests.Scenarios;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>scenario</c>: runs the load of a marketplace and audits the result.</summary>
internal static class ScenarioCommand
{
    public static Command Create()
    {
        string[] names = [.. LoadScenario.All.Select(scenario => scenario.Name)];
        var scenarios = new Argument<string[]>("names")
        {
            Description = $"Which: {string.Join(", ", names)}.", Arity = ArgumentArity.OneOrMore,
        };
        scenarios.AcceptOnlyFromAmong(names);
        var targets = new Option<string[]>("--target")
        {
            Description =
                "One run each: runtime (bare handler) and silo in this process; http (one command per request), bulk (lines).",
            AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [TargetNames.Runtime],
        };
        targets.AcceptOnlyFromAmong([.. TargetNames.All]);
        var loop = OneOf(
            "--loop",
            "open: arrivals are scheduled in advance and latency counts from the intended time; closed: each caller waits for its answer.",
            LoopNames.All);
        var rate = new BoundedNumber("--rate", "Open loop: arrivals per second.", 5_000, 1, 1_000_000);
        var seconds = new BoundedNumber("--seconds", "Seconds that commands are measured.", 30, 1, 86_400);
        var warmUp = new BoundedNumber("--warm-up", "Seconds of warm-up before that.", 5, 0, 600);
        var subscriptions = new Option<int?>("--subscriptions")
        {
            Description = "Stored subscriptions; the default depends on the scenario.",
        };
        var callers = new BoundedNumber("--callers", "Closed loop: callers. With bulk: the maximum of unanswered lines.", 1_024, 1, 16_000);
        var inFlight = new BoundedNumber("--in-flight", "Open loop: maximum of commands in flight.", 10_000, 1, 16_000);
        var connections = new BoundedNumber("--connections", "Connections, one request at a time each.", 256, 1, 4_096);
        var streams = new BoundedNumber("--streams", "Streams of lines.", 4, 1, 64);
        var lanes = new BoundedNumber(
            "--lanes", "Commit lanes in this process; the gateway has its own setting.", 2, 1, PostgresStorageOptions.CommitLanesMax);
        var gateways = new BoundedNumber("--gateways", "Gateways on one database.", 1, 1, 8);
        var silos = new BoundedNumber(
            "--silos", "Separate silo processes behind the gateways; with 0, each gateway is also a silo.", 0, 0, 8);
        var products = new BoundedNumber("--products", "Products of the marketplace.", 1_000, 1, ScenarioOptions.ProductsMax);
        var zipf = new Option<double>("--zipf")
        {
            Description = "Zipf exponent of product popularity, 0 to 3.", DefaultValueFactory = _ => 1,
        };
        var drain = new BoundedNumber("--drain", "Maximum of seconds for due work after the load.", 300, 1, 86_400);
        var seed = new BoundedNumber("--seed", "Seed of all random choices.", 1, 0, int.MaxValue);
        var remote = new RemoteOptions();
        var histogram = new Option<string?>("--histogram")
        {
            Description = "File for the latencies of one run; join merges it with those of other machines.",
        };
        var report = new Option<string?>("--report") { Description = "Directory for a report of each run (JSON and HTML)." };
        var command = new Command(
            "scenario", "Runs the load of a marketplace on a private PostgreSQL, then audits everything that was acknowledged.")
        {
            scenarios, targets, loop, rate.Option, seconds.Option, warmUp.Option, subscriptions, callers.Option, inFlight.Option,
            connections.Option,
            streams.Option, lanes.Option, gateways.Option, silos.Option, products.Option, zipf, drain.Option, seed.Option,
            histogram, report,
        };
        remote.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ScenarioRun.RunAsync(
            remote.Read(parsed, new ScenarioOptions
            {
                Scenarios = parsed.GetRequiredValue(scenarios),
                Targets = [.. parsed.GetRequiredValue(targets).Distinct()],
                Loop = parsed.GetRequiredValue(loop),
                Rate = rate.Read(parsed),
                Seconds = seconds.Read(parsed),
                WarmUp = warmUp.Read(parsed),
                Subscriptions = Subscriptions(parsed.GetValue(subscriptions)),
                Callers = callers.Read(parsed),
                InFlight = inFlight.Read(parsed),
                Connections = connections.Read(parsed),
                Streams = streams.Read(parsed),
                Lanes = lanes.Read(parsed),
                Gateways = gateways.Read(parsed),
                Silos = silos.Read(parsed),
                Products = products.Read(parsed),
                Zipf = Exponent(parsed.GetValue(zipf)),
                Drain = drain.Read(parsed),
                Seed = seed.Read(parsed),
                Histogram = parsed.GetValue(histogram),
                Report = parsed.GetValue(report),
            }),
            cancellationToken));
        return command;
    }

    /// <summary>An option that takes one of a few words; the first word is the default.</summary>
    private static Option<string> OneOf(string name, string description, IReadOnlyList<string> words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }

    private static int? Subscriptions(int? subscriptions) =>
        subscriptions is null or (>= 100 and <= 10_000_000)
            ? subscriptions
            : throw new BadArgumentException("--subscriptions must be 100 to 10000000.");

    private static double Exponent(double zipf) => zipf is >= 0 and <= 3 ? zipf : throw new BadArgumentException("--zipf must be 0 to 3.");
}
