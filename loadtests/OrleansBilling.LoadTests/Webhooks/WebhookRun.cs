using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Noisy;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Webhooks;

/// <param name="Rate">Commands per second.</param>
/// <param name="Seconds">How long each part takes.</param>
/// <param name="Subscriptions">Subscriptions that are sold before.</param>
internal sealed record WebhookOptions(int Rate, int Seconds, int Subscriptions);

/// <summary>
/// Measures commands without an endpoint, with one for everything, and with a dead one beside it: how late deliveries are, and what
/// they cost the commands. Then all events are replayed, as fast as they go.
/// </summary>
internal static class WebhookRun
{
    private const double LagMillisecondsMax = 1_000;
    private const double DeliveriesPerSecondMin = 5_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(WebhookOptions options, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        await using var receiver = await EventReceiver.StartAsync(cancellationToken);
        var setup = new GatewaySetup
        {
            Postgres = await postgres.CreateDatabaseAsync("webhooks", cancellationToken), TakesWebhooks = true,
        };
        await using var gateway = await GatewayProcess.StartAsync(setup, cancellationToken);
        using var api = new ApiClient(gateway.Address, setup.Key);
        await MarketOffer.SellAsync(api, cancellationToken);
        var tenant = new CalmTenant(api, MarketOffer.Id, "webhooks");
        await tenant.SellAsync(options.Subscriptions, cancellationToken);
        await tenant.WorkAsync("warm-up", options.Rate, Math.Min(options.Seconds, 5), cancellationToken);

        var none = await WorkAsync("no endpoint");
        await CreateAsync("all", receiver.Address, "/all");
        await tenant.WorkAsync("warm-up", options.Rate, Math.Min(options.Seconds, 5), cancellationToken);
        var (all, lag, expected) = await ListenAsync("one endpoint for everything");
        await CreateAsync("dead", receiver.Address, "/dead");
        var (dead, deadLag, expectedBesideDead) = await ListenAsync("a dead endpoint beside it");
        var (replayed, seconds) = await ReplayAsync();

        var report = new RunReport
        {
            Name = "webhooks",
            Title = "Webhooks",
            Description = Numbers.Invariant(
                $"{tenant.Subscriptions} subscriptions, {options.Rate} commands/s for {options.Seconds} s each; ") +
                Numbers.Invariant($"{replayed} events replayed in {seconds:N1} s, {replayed / seconds:N0} per second"),
            StartedAt = startedAt,
            Tables =
            [
                MeasurementRows.Table("Commands", "with", [none.Commands, all.Commands, dead.Commands]),
                new ReportTable("Cost", ["with", ">server µs each"], [.. new[] { none, all, dead }.Select(CostOf)]),
                new ReportTable(
                    "Deliveries", ["with", ">p50 ms", ">p99 ms", ">max ms"],
                    [
                        ["one endpoint for everything", .. Cells(lag)],
                        ["a dead endpoint beside it", .. Cells(deadLag)],
                    ]),
            ],
            Checks =
            [
                RunCheck.AtMost("p99 of the lag, ms", LagMillisecondsMax, lag.P99, "0.0"),
                RunCheck.AtMost("p99 of the lag beside a dead endpoint, ms", LagMillisecondsMax, deadLag.P99, "0.0"),
                RunCheck.AtLeast("deliveries per second", DeliveriesPerSecondMin, replayed / seconds, "0"),
                RunCheck.Same("events delivered", expected.Happened, expected.Came),
                RunCheck.Same("events delivered beside a dead endpoint", expectedBesideDead.Happened, expectedBesideDead.Came),
                RunCheck.None("events out of order", receiver.OutOfOrder),
                RunCheck.None("commands that failed", tenant.Failures.Count),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);

        async Task<Work> WorkAsync(string name)
        {
            var before = gateway.ProcessorTime;
            var commands = await tenant.WorkAsync(name, options.Rate, options.Seconds, cancellationToken);
            return new Work(name, commands, gateway.ProcessorTime - before);
        }

        async Task<(Work, LatencySummary, (long Happened, long Came))> ListenAsync(string name)
        {
            await SettledAsync();
            var before = await CountAsync();
            receiver.Forget();
            var work = await WorkAsync(name);
            await SettledAsync();
            return (work, receiver.Lags.Whole(), (await CountAsync() - before, receiver.Count));
        }

        async Task CreateAsync(string id, Uri address, string path)
        {
            var body = $$"""{"id":"{{id}}","url":"{{new Uri(address, path)}}"}""";
            (await api.PostAsync("/v1/webhook-endpoints", body, $"new-{id}", cancellationToken)).Required("POST endpoint");
        }

        // Nothing has come for a second.
        async Task SettledAsync()
        {
            for (var last = -1; last != receiver.Count;)
            {
                last = receiver.Count;
                await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken);
            }
        }

        async Task<long> CountAsync()
        {
            var events = 0L;
            for (var cursor = ""; ;)
            {
                var page = (await api.GetAsync($"/v1/events?limit=200{cursor}", cancellationToken)).Required("GET events").Json();
                events += page.GetProperty("data").GetArrayLength();
                if (!page.GetProperty("has_more").GetBoolean()) return events;
                cursor = $"&after={page.GetProperty("next_cursor").GetString()}";
            }
        }

        async Task<(int Events, double Seconds)> ReplayAsync()
        {
            var total = (int)await CountAsync();
            receiver.Forget();
            var begun = Stopwatch.GetTimestamp();
            (await api.PostAsync("/v1/webhook-endpoints/all/replay", "{}", "replay", cancellationToken)).Required("POST replay");
            while (receiver.Count < total && Stopwatch.GetElapsedTime(begun) < Patience)
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            return (receiver.Count, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
    }

    /// <summary>Deliveries that trail behind the commands are not counted.</summary>
    private static IReadOnlyList<ReportCell> CostOf(Work work) =>
        [work.Name, ReportCell.Of(work.Processor.TotalMicroseconds / work.Commands.Done, "N1")];

    private static ReportCell[] Cells(LatencySummary lag) =>
        [ReportCell.Of(lag.P50, "N1"), ReportCell.Of(lag.P99, "N1"), ReportCell.Of(lag.Max, "N1")];

    /// <param name="Name">What was measured.</param>
    /// <param name="Commands">The commands.</param>
    /// <param name="Processor">What the server took.</param>
    private sealed record Work(string Name, Measurement Commands, TimeSpan Processor);
}
