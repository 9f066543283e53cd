using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Noisy;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Webhooks;

/// <param name="Endpoints">Sellers, each with one endpoint and at least one subscription.</param>
/// <param name="Rate">Commands per second, spread evenly over the sellers.</param>
/// <param name="Seconds">How long each part takes.</param>
internal sealed record ManyEndpointsOptions(int Endpoints, int Rate, int Seconds);

/// <summary>
/// Measures the same commands of many sellers with no endpoint, with one for everything, and with an endpoint for each seller. Each takes
/// two parts, because subscriptions are canceled in turn, which is an event, and uncanceled, which is none.
/// Then the process is started anew beside all its endpoints.
/// </summary>
internal sealed class ManyEndpointsRun : IAsyncDisposable
{
    /// <summary>What an endpoint for each seller may cost, in terms of one for everything.</summary>
    private const double CostMax = 1.2;

    private const double LagMillisecondsMax = 1_000;
    private const int SetupCallers = 16;
    private const int WarmUpSeconds = 3;
    private const int FailuresShownMax = 5;
    private const string None = "no endpoint";
    private const string One = "one endpoint for everything";
    private const string Many = "an endpoint for each seller";

    private readonly ManyEndpointsOptions options;
    private readonly PrivatePostgres postgres;
    private readonly EventReceiver receiver;
    private readonly CalmTenant tenant;
    private readonly List<Part> parts = [];
    private GatewayProcess gateway;
    private ApiClient api;
    private string cursor = "";

    private ManyEndpointsRun(ManyEndpointsOptions options, PrivatePostgres postgres, EventReceiver receiver, GatewayProcess gateway)
    {
        (this.options, this.postgres, this.receiver, this.gateway) = (options, postgres, receiver, gateway);
        api = new ApiClient(gateway.Address, gateway.Key);
        tenant = new CalmTenant(api, "", "sold") { OfferOf = number => $"offer-{number % options.Endpoints}" };
    }

    public static async Task<int> RunAsync(ManyEndpointsOptions options, CancellationToken cancellationToken)
    {
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        await using var receiver = await EventReceiver.StartAsync(cancellationToken);
        var setup = new GatewaySetup
        {
            Postgres = await postgres.CreateDatabaseAsync("endpoints", cancellationToken), TakesWebhooks = true,
        };
        var gateway = await GatewayProcess.StartAsync(setup, cancellationToken);
        await using var run = new ManyEndpointsRun(options, postgres, receiver, gateway);
        return await run.MeasureAsync(setup, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await gateway.DisposeAsync();
    }

    private async Task<int> MeasureAsync(GatewaySetup setup, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        await StageAsync("sellers and subscriptions", () => SellAsync(cancellationToken));
        await CountNewAsync(cancellationToken);
        await ListenAsync(None, cancellationToken);
        await ListenAsync(None, cancellationToken);
        await CreateAsync("all", "", cancellationToken);
        await ListenAsync(One, cancellationToken);
        await ListenAsync(One, cancellationToken);
        await RemoveAsync("all", cancellationToken);
        var residentBefore = gateway.ResidentBytes;
        await StageAsync("endpoints", () => CreateManyAsync(cancellationToken));
        await ListenAsync(Many, cancellationToken);
        await ListenAsync(Many, cancellationToken);
        var resident = gateway.ResidentBytes - residentBefore;
        Screen.Line(Numbers.Invariant($"memory of the server: {resident / 1_048_576.0:N0} MiB more"));
        var start = await StartAnewAsync(setup, cancellationToken);
        return await Screen.ShowAsync(ReportOf(startedAt, resident, start), null, cancellationToken);
    }

    private RunReport ReportOf(DateTimeOffset startedAt, long resident, Part start)
    {
        var (one, many) = (CostOf(One), CostOf(Many));
        return new RunReport
        {
            Name = "endpoints",
            Title = "An endpoint for each seller",
            Description = Numbers.Invariant(
                $"{options.Endpoints} sellers, {tenant.Subscriptions} subscriptions, {options.Rate} commands/s for {options.Seconds} s ") +
                Numbers.Invariant($"a part; the server holds {resident / 1_048_576.0:N0} MiB more with all endpoints"),
            StartedAt = startedAt,
            Tables =
            [
                MeasurementRows.Table("Commands", "with", [.. parts.Select(part => part.Commands), start.Commands]),
                new ReportTable(
                    "Cost and lag",
                    ["with", ">server µs each", ">PostgreSQL µs each", ">events", ">failed", ">p50 ms", ">p99 ms", ">max ms"],
                    [.. parts.Append(start).Select(RowOf)]),
            ],
            Checks =
            [
                RunCheck.AtMost("an endpoint for each seller, in terms of one for everything", CostMax, many / one, "0.000"),
                RunCheck.AtMost(
                    "p99 of the lag, ms", LagMillisecondsMax, parts.Where(part => part.Name == Many).Max(part => part.Lag.P99), "0.0"),
                RunCheck.None("events that did not come", parts.Where(part => part.Name != None).Sum(part => part.Happened - part.Came)),
                RunCheck.None("events out of order", receiver.OutOfOrder),
                RunCheck.None("commands that failed before the start", parts.Sum(part => part.Failed)),
                RunCheck.None("commands that failed after it", start.Failed),
            ],
        };
    }

    private async Task SellAsync(CancellationToken cancellationToken)
    {
        await EachAsync(async (n, ends) =>
        {
            await api.RequireAsync(
                "/v1/products", $$"""{"id":"product-{{n}}","seller_id":"seller-{{n}}","name":"p"}""", ends);
            await api.RequireAsync(
                "/v1/plans",
                $$$"""{"id":"plan-{{{n}}}","product_id":"product-{{{n}}}","name":"m","interval":{"unit":"month","count":1}}""", ends);
            await api.RequireAsync(
                "/v1/offers", $$"""{"id":"offer-{{n}}","plan_id":"plan-{{n}}","amount":2990,"currency":"BRL"}""", ends);
        }, cancellationToken);
        await tenant.SellAsync(options.Endpoints, cancellationToken, SetupCallers);
    }

    private Task CreateManyAsync(CancellationToken cancellationToken) =>
        EachAsync((n, ends) => CreateAsync($"hook-{n}", $$""","seller_id":"seller-{{n}}" """, ends), cancellationToken);

    private Task EachAsync(Func<int, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, options.Endpoints, new ParallelOptions { MaxDegreeOfParallelism = SetupCallers, CancellationToken = cancellationToken },
        async (n, ends) => await act(n, ends));

    private async Task CreateAsync(string id, string more, CancellationToken cancellationToken)
    {
        var body = $$"""{"id":"{{id}}","url":"{{new Uri(receiver.Address, $"/{id}")}}"{{more}}}""";
        (await api.PostAsync("/v1/webhook-endpoints", body, null, cancellationToken)).Required("POST endpoint");
    }

    private async Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        (await api.DeleteAsync($"/v1/webhook-endpoints/{id}", cancellationToken)).Required("DELETE endpoint");

    private async Task ListenAsync(string name, CancellationToken cancellationToken)
    {
        await SettledAsync(cancellationToken);
        await tenant.WorkAsync("warm-up", options.Rate, WarmUpSeconds, cancellationToken);
        await SettledAsync(cancellationToken);
        var part = await MeasureAsync(name, options.Seconds, gateway.ProcessorTime, cancellationToken);
        parts.Add(part);
        Screen.Line(string.Join("  ", RowOf(part).Select(cell => cell.Text)));
    }

    private async Task<Part> MeasureAsync(string name, int seconds, TimeSpan serverBefore, CancellationToken cancellationToken)
    {
        await CountNewAsync(cancellationToken);
        receiver.Forget();
        var failuresBefore = tenant.Failures.Count;
        var postgresBefore = postgres.ProcessorTime();
        var commands = await tenant.WorkAsync(name, options.Rate, seconds, cancellationToken);
        var (server, database) = (gateway.ProcessorTime - serverBefore, postgres.ProcessorTime() - postgresBefore);
        await SettledAsync(cancellationToken);
        var failed = tenant.Failures.Skip(failuresBefore).ToList();
        foreach (var (why, count) in failed.CountBy(one => one).OrderByDescending(one => one.Value).Take(FailuresShownMax))
            Screen.Line(Numbers.Invariant($"{name}, {count} times: {why}"));
        return new Part(name, commands, server, database ?? TimeSpan.Zero, receiver.Lags.Whole())
        {
            Failed = failed.Count, Came = receiver.Count, Happened = await CountNewAsync(cancellationToken),
        };
    }

    /// <summary>Commands come from the moment when the process is ready, so most endpoints have not been taken over yet.</summary>
    private async Task<Part> StartAnewAsync(GatewaySetup setup, CancellationToken cancellationToken)
    {
        await gateway.DisposeAsync();
        await StageAsync("start", async () => gateway = await GatewayProcess.StartAsync(setup, cancellationToken));
        api.Dispose();
        tenant.Api = api = new ApiClient(gateway.Address, gateway.Key);
        return await MeasureAsync("a new process with all of them", WarmUpSeconds, TimeSpan.Zero, cancellationToken);
    }

    private static async Task StageAsync(string name, Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        Screen.Line(Numbers.Invariant($"{name}: {Stopwatch.GetElapsedTime(begun).TotalSeconds:N1} s"));
    }

    /// <summary>Nothing has come for two seconds.</summary>
    private async Task SettledAsync(CancellationToken cancellationToken)
    {
        for (var last = -1; last != receiver.Count;)
        {
            last = receiver.Count;
            await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
        }
    }

    /// <summary>Events since the last call.</summary>
    private async Task<long> CountNewAsync(CancellationToken cancellationToken)
    {
        for (var events = 0L; ;)
        {
            var page = (await api.GetAsync($"/v1/events?limit=200{cursor}", cancellationToken)).Required("GET events").Json();
            events += page.GetProperty("data").GetArrayLength();
            cursor = $"&after={page.GetProperty("next_cursor").GetString()}";
            if (!page.GetProperty("has_more").GetBoolean()) return events;
        }
    }

    /// <summary>Processor time of the server per command, of all measurements with these endpoints.</summary>
    private double CostOf(string name)
    {
        var all = parts.Where(part => part.Name == name).ToList();
        return all.Sum(part => part.Server.TotalMicroseconds) / all.Sum(part => part.Commands.Done);
    }

    private static IReadOnlyList<ReportCell> RowOf(Part part) =>
    [
        part.Name, ReportCell.Of(part.Server.TotalMicroseconds / part.Commands.Done, "N1"),
        ReportCell.Of(part.Database.TotalMicroseconds / part.Commands.Done, "N1"), ReportCell.Of(part.Came),
        ReportCell.Of(part.Failed),
        ReportCell.Of(part.Lag.P50, "N1"), ReportCell.Of(part.Lag.P99, "N1"), ReportCell.Of(part.Lag.Max, "N1"),
    ];

    /// <param name="Name">With which endpoints.</param>
    /// <param name="Commands">The commands.</param>
    /// <param name="Server">What the server took meanwhile.</param>
    /// <param name="Database">What PostgreSQL took meanwhile.</param>
    /// <param name="Lag">How late events came.</param>
    private sealed record Part(string Name, Measurement Commands, TimeSpan Server, TimeSpan Database, LatencySummary Lag)
    {
        public int Failed { get; init; }

        public long Came { get; init; }

        public long Happened { get; init; }
    }
}
