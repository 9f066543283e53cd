using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Noisy;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Feed;

/// <param name="Rate">Commands per second while the feed is followed.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Subscriptions">Subscriptions that are sold before.</param>
internal sealed record FeedOptions(int Rate, int Seconds, int Subscriptions);

/// <summary>
/// Follows GET /v1/events under load, measures how late events are, and checks that all are there and in order. Then it reads the whole
/// feed again from the beginning, as a nightly job does.
/// </summary>
internal static class FeedRun
{
    private const double LagMillisecondsMax = 1_000;
    private const double PageMillisecondsMax = 100;
    private const int WaitSeconds = 2;

    public static async Task<int> RunAsync(FeedOptions options, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var setup = new GatewaySetup { Postgres = await postgres.CreateDatabaseAsync("feed", cancellationToken) };
        await using var gateway = await GatewayProcess.StartAsync(setup, cancellationToken);
        using var api = new ApiClient(gateway.Address, setup.Key);
        await MarketOffer.SellAsync(api, cancellationToken);
        var tenant = new CalmTenant(api, MarketOffer.Id, "feed");
        await tenant.SellAsync(options.Subscriptions, cancellationToken);
        await tenant.WorkAsync("warm-up", options.Rate, Math.Min(options.Seconds, 5), cancellationToken);

        using var following = new ApiClient(gateway.Address, setup.Key);
        var live = new FeedReader(following);
        await live.ReadToEndAsync(0, cancellationToken);
        live.ForgetLags();
        var reading = live.ReadToEndAsync(WaitSeconds, cancellationToken);
        var commands = await tenant.WorkAsync("commands", options.Rate, options.Seconds, cancellationToken);
        await reading;

        var whole = new FeedReader(following);
        var begun = Stopwatch.GetTimestamp();
        await whole.ReadToEndAsync(0, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var (lag, page) = (live.Lags.Whole(), whole.Pages.Whole());
        var report = new RunReport
        {
            Name = "feed",
            Title = "The feed of events",
            Description = Numbers.Invariant(
                $"{tenant.Subscriptions} subscriptions, {options.Rate} commands/s for {options.Seconds} s, one reader that waits; ") +
                Numbers.Invariant($"then {whole.Events} events read anew, 200 a page, {whole.Events / seconds:N0} per second"),
            StartedAt = startedAt,
            Tables =
            [
                MeasurementRows.Table("Commands", "while the feed is followed", [commands]),
                new ReportTable(
                    "Reading", ["what", ">p50 ms", ">p99 ms", ">max ms"],
                    [
                        ["lag of a live event", ReportCell.Of(lag.P50, "N1"), ReportCell.Of(lag.P99, "N1"), ReportCell.Of(lag.Max, "N1")],
                        ["page read anew", ReportCell.Of(page.P50, "N1"), ReportCell.Of(page.P99, "N1"), ReportCell.Of(page.Max, "N1")],
                    ]),
            ],
            Checks =
            [
                RunCheck.AtMost("p99 of the lag, ms", LagMillisecondsMax, lag.P99, "0.0"),
                RunCheck.AtMost("p99 of a page of 200, ms", PageMillisecondsMax, page.P99, "0.0"),
                RunCheck.Same("cancellations read live", tenant.Cancellations, live.CountOf("subscription.cancel_scheduled")),
                RunCheck.Same("sign-ups read live", tenant.Subscriptions, live.CountOf("subscription.created")),
                RunCheck.Same("events read anew", live.Events, whole.Events),
                RunCheck.None("events out of order", live.OutOfOrder + whole.OutOfOrder),
                RunCheck.None("commands that failed", tenant.Failures.Count),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);
    }
}
