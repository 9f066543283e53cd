using System.Diagnostics;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>The arguments of <c>telco</c>.</summary>
/// <param name="File">The customer file.</param>
/// <param name="Storage">sqlite or postgres, for a gateway that the test starts.</param>
/// <param name="Url">A running gateway instead.</param>
/// <param name="Key">Administrator key of that gateway.</param>
/// <param name="Limit">Number of customers to replay, from the top of the file; null for all.</param>
internal sealed record TelcoOptions(string File, string Storage, Uri? Url, string? Key, int? Limit);

/// <summary>Runs <c>telco</c>: gateway, catalog, months, audit, table.</summary>
internal static class TelcoRun
{
    private static readonly LocalDate LastMonth = new(2024, 2, 1);

    public static async Task<int> RunAsync(TelcoOptions options, CancellationToken cancellationToken)
    {
        var file = CustomerFile.Read(options.File, options.Limit);
        if (options.Url is { } url) return await RunAgainstAsync(url, options.Key!, file, cancellationToken);

        var start = InstantPattern.ExtendedIso.Format(ReplayCalendar.Ending(LastMonth, file.Customers).Start);
        await using var postgres = options.Storage == "postgres" ? await PrivatePostgres.StartAsync(cancellationToken) : null;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync("telco", cancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(
            new GatewaySetup { Postgres = database, ClockStart = start }, cancellationToken);
        try
        {
            return await RunAgainstAsync(gateway.Address, gateway.Key, file, cancellationToken);
        }
        catch (LoadTestException exception)
        {
            throw gateway.Explain(exception);
        }
    }

    private static async Task<int> RunAgainstAsync(Uri url, string key, CustomerFile file, CancellationToken cancellationToken)
    {
        using var api = new BillingApi(url, key);
        var clock = await api.GetAsync<ClockDocument>("/v1/clock", cancellationToken);
        if (clock.Mode != "virtual")
            throw new LoadTestException("The replay advances the clock, so the gateway needs a virtual one (Billing__Clock=virtual).");
        var calendar = ReplayCalendar.StartingFrom(Instant.FromDateTimeOffset(clock.Now), file.Customers);
        var names = new ReplayNames(calendar.Start);
        Screen.Line($"{file.Customers.Count:N0} customers, {calendar.Months} months, from {calendar.Start} to {calendar.End}.");

        var catalogStarted = Stopwatch.GetTimestamp();
        var offers = await new ReplayCatalog(api, names).CreateAsync(file.Customers, cancellationToken);
        var catalogTime = Stopwatch.GetElapsedTime(catalogStarted);

        var replay = new Replay(api, calendar, names);
        await Screen.ProgressAsync("months", calendar.Months, done => replay.RunAsync(file.Customers, done, cancellationToken));

        var auditStarted = Stopwatch.GetTimestamp();
        var checks = await new ReplayAudit(api, calendar, names, file.Customers)
            .RunAsync(file.Sha256 == PublishedTotals.FileSha256 && file.Whole, cancellationToken);
        var auditTime = Stopwatch.GetElapsedTime(auditStarted);

        ShowChecks(checks);
        ShowTimings(ReplayTotals.Of(file.Customers), offers, catalogTime, replay, auditTime);
        var wrong = checks.Count(check => !check.Ok);
        Screen.Line("");
        Screen.Line(wrong == 0 ? "Every figure is as expected." : $"{wrong} figures differ.");
        return wrong == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void ShowChecks(IReadOnlyList<Check> checks) => Screen.Table(
        "Figures",
        ["what", ">published", ">expected", ">got", "ok"],
        [.. checks.Select(
            check => (IReadOnlyList<string>)[check.What, check.Published ?? "", check.Expected, check.Got, check.Ok ? "yes" : "NO"])]);

    private static void ShowTimings(ReplayTotals totals, int offers, TimeSpan catalog, Replay replay, TimeSpan audit) => Screen.Table(
        "Duration",
        ["what", ">seconds", ">a second"],
        [
            Timing($"catalog of {offers:N0} offers, one request each", catalog, offers, "offers"),
            Timing("sign-ups and cancellations, as lines", replay.Commanding, totals.Subscriptions + totals.Canceled, "commands"),
            Timing("advancing the clock", replay.Advancing, totals.PaidRecurrences, "recurrences paid"),
            Timing("audit", audit, totals.Subscriptions, "subscriptions read"),
        ]);

    private static IReadOnlyList<string> Timing(string what, TimeSpan time, long count, string unit) =>
    [
        what,
        time.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{count / Math.Max(time.TotalSeconds, 0.001):N0} {unit}"),
    ];
}
