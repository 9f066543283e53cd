using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Noisy;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Starts;

/// <param name="Server">The program to start; null for the one that was built with the load tests, which is not compiled ahead.</param>
/// <param name="Starts">How many processes are started, one after the other.</param>
/// <param name="Rate">Commands per second to a process that has just become ready.</param>
internal sealed record StartOptions(string? Server, int Starts, int Rate);

/// <summary>
/// Starts processes under load, as a rolling upgrade does, and measures the first second after each says that it is ready. All commands
/// then go to the new process, while another one serves its own.
/// </summary>
internal static class StartRun
{
    private const double P99MillisecondsMax = 100;
    private const int Subscriptions = 2_000;
    private const int BesideRate = 300;
    private const int LaterSeconds = 5;
    private const int ThreadsMin = 16;
    private const int ShownMax = 5;

    public static async Task<int> RunAsync(StartOptions options, CancellationToken cancellationToken)
    {
        ThreadPool.SetMinThreads(ThreadsMin, ThreadsMin);
        var startedAt = DateTimeOffset.UtcNow;
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var setup = new GatewaySetup
        {
            Postgres = await postgres.CreateDatabaseAsync("starts", cancellationToken), Server = options.Server,
        };
        await using var old = await GatewayProcess.StartAsync(setup, cancellationToken);
        using var api = new ApiClient(old.Address, setup.Key);
        await MarketOffer.SellAsync(api, cancellationToken);
        var beside = new CalmTenant(api, MarketOffer.Id, "beside");
        var moving = new CalmTenant(api, MarketOffer.Id, "moving");
        await beside.SellAsync(Subscriptions, cancellationToken);
        await moving.SellAsync(Subscriptions, cancellationToken);
        await moving.WorkAsync("warm-up", options.Rate, LaterSeconds, cancellationToken);

        var (first, later) = (new List<Measurement>(), new List<Measurement>());
        for (var n = 1; n <= options.Starts; n++)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var working = WorkUntilAsync(beside, ended.Token);
            await using (var fresh = await GatewayProcess.StartAsync(setup, cancellationToken))
            using (var freshApi = new ApiClient(fresh.Address, setup.Key))
            {
                moving.Api = freshApi;
                first.Add(await moving.WorkAsync(Numbers.Invariant($"start {n}, first second"), options.Rate, 1, cancellationToken));
                later.Add(await moving.WorkAsync(
                    Numbers.Invariant($"start {n}, {LaterSeconds} s later"), options.Rate, LaterSeconds, cancellationToken));
                moving.Api = api;
                await ended.CancelAsync();
                await working;
            }
        }

        foreach (var line in moving.Failures.Concat(beside.Failures).Take(ShownMax)) Screen.Line($"  {line}");
        var report = new RunReport
        {
            Name = "starts",
            Title = "The first second of a process",
            Description = Numbers.Invariant(
                $"{options.Starts} processes, one after the other under load; {options.Rate} commands per second from when each is ") +
                (options.Server is null ? "ready; compiled just in time" : $"ready; program: {options.Server}"),
            StartedAt = startedAt,
            Tables =
            [
                MeasurementRows.Table(
                    "Commands, from the intended time", "when", first.Zip(later, (a, b) => new[] { a, b }).SelectMany(pair => pair)),
            ],
            Checks =
            [
                RunCheck.AtMost("p99 of the slowest first second, ms", P99MillisecondsMax, first.Max(m => m.Latency.P99), "0.0"),
                RunCheck.None("commands that failed", moving.Failures.Count + beside.Failures.Count),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);
    }

    private static async Task WorkUntilAsync(CalmTenant tenant, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await tenant.WorkAsync("beside", BesideRate, 1, CancellationToken.None);
    }
}
