using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>The arguments of <c>noisy</c>.</summary>
/// <param name="Storage">sqlite or postgres.</param>
/// <param name="Seconds">How long each phase lasts.</param>
/// <param name="Rate">Commands per second of the calm tenant.</param>
/// <param name="OfEach">Concurrent senders per kind of noise.</param>
internal sealed record NoisyOptions(string Storage, int Seconds, int Rate, int OfEach);

/// <summary>
/// Runs <c>noisy</c>: measures the calm tenant alone, then beside a noisy one. All its commands must succeed and still be
/// stored afterwards. Its p99 must stay within <see cref="RatioMax"/> times the p99 alone; a p99 alone below
/// <see cref="ShortMilliseconds"/> counts as <see cref="ShortMilliseconds"/>.
/// </summary>
internal static class NoisyRun
{
    public const double RatioMax = 5;

    /// <summary>A shorter p99 alone counts as this long, so that a server does not fail for being fast without noise.</summary>
    public const double ShortMilliseconds = 8;

    private const int WarmUpSeconds = 5;
    private const int CalmSubscriptions = 300;
    private const int ShownMax = 10;

    /// <summary>Pool threads of this process: the calm tenant's schedule must not wait while the noisy tenant reads answers.</summary>
    private const int ThreadsMin = 16;

    public static async Task<int> RunAsync(NoisyOptions options, CancellationToken cancellationToken)
    {
        ThreadPool.SetMinThreads(ThreadsMin, ThreadsMin);
        await using var postgres = options.Storage == "postgres" ? await PrivatePostgres.StartAsync(cancellationToken) : null;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync("noisy", cancellationToken);
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Postgres = database }, cancellationToken);
        try
        {
            return await RunAgainstAsync(gateway, options, cancellationToken);
        }
        catch (LoadTestException exception)
        {
            throw gateway.Explain(exception);
        }
    }

    private static async Task<int> RunAgainstAsync(GatewayProcess gateway, NoisyOptions options, CancellationToken cancellationToken)
    {
        var startedAt = DateTimeOffset.UtcNow;
        using var admin = new ApiClient(gateway.Address, gateway.Key);
        using var calmApi = await SellerAsync(gateway.Address, admin, "calm", cancellationToken);
        using var noisyApi = await SellerAsync(gateway.Address, admin, "noisy", cancellationToken);
        using var customer = new ApiClient(gateway.Address, await TokenAsync(noisyApi, cancellationToken));
        await calmApi.RequireAsync(
            "/v1/plans", """{"id":"calm-plan","product_id":"calm-product","name":"c","interval":{"unit":"month","count":1}}""",
            cancellationToken);
        await calmApi.RequireAsync(
            "/v1/offers", """{"id":"calm-offer","plan_id":"calm-plan","amount":2990,"currency":"BRL"}""", cancellationToken);
        var calm = new CalmTenant(calmApi, "calm-offer");
        var noise = new Noise(noisyApi, customer, "noisy-product");
        await calm.SellAsync(CalmSubscriptions, cancellationToken);
        await noise.PrepareAsync(cancellationToken);

        await calm.WorkAsync("warm-up", options.Rate, WarmUpSeconds, cancellationToken);
        var before = await calm.WorkAsync("nobody", options.Rate, options.Seconds, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = noise.RunAsync(options.OfEach, stop.Token);
        var beside = await calm.WorkAsync("the noisy one", options.Rate, options.Seconds, cancellationToken);
        await stop.CancelAsync();
        await making;
        var wrong = await calm.AuditAsync(cancellationToken);
        foreach (var line in calm.Failures.Concat(wrong).Take(ShownMax)) Screen.Line($"  {line}");
        return await Screen.ShowAsync(ReportOf(options, startedAt, calm, noise, before, beside, wrong.Count), null, cancellationToken);
    }

    private static RunReport ReportOf(
        NoisyOptions options, DateTimeOffset startedAt, CalmTenant calm, Noise noise, Measurement before, Measurement beside, int wrong) =>
        new()
        {
            Name = "noisy",
            Title = "Noisy neighbor",
            Description =
                Numbers.Invariant($"A calm tenant's {options.Rate} commands per second, alone and beside a noisy one ") +
                Numbers.Invariant($"({options.OfEach} per kind of noise), {options.Seconds} s each, {options.Storage}"),
            StartedAt = startedAt,
            Tables =
            [
                new ReportTable(
                    "Answers to the noisy tenant", ["kind", ">status", ">times", "code"],
                    [.. noise.Answers.OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status)
                        .Select(pair => (IReadOnlyList<ReportCell>)
                            [pair.Key.Kind, ReportCell.Of(pair.Key.Status), ReportCell.Of(pair.Value), pair.Key.Code ?? ""])]),
                MeasurementRows.Table("The calm tenant, from the intended time", "beside", [before, beside]),
            ],
            Checks =
            [
                RunCheck.AtMost(
                    $"p99 beside the noisy one ÷ p99 alone (counted as at least {ShortMilliseconds} ms)", RatioMax,
                    beside.Latency.P99 / Math.Max(before.Latency.P99, ShortMilliseconds), "0.00"),
                RunCheck.None("commands of the calm tenant that failed", calm.Failures.Count),
                RunCheck.None($"subscriptions that differ from what was acknowledged, of {calm.Subscriptions:N0}", wrong),
                RunCheck.None(
                    "requests of the noisy one with a 5xx or no answer",
                    noise.Answers.Where(pair => pair.Key.Status is 0 or >= 500).Sum(pair => pair.Value)),
            ],
        };

    private static async Task<ApiClient> SellerAsync(Uri address, ApiClient admin, string id, CancellationToken cancellationToken)
    {
        var key = await admin.RequireAsync("/v1/api-keys", $$"""{"role":"seller","seller_id":"{{id}}"}""", cancellationToken);
        var seller = new ApiClient(address, key.GetProperty("key").GetString()!);
        await seller.RequireAsync("/v1/products", $$"""{"id":"{{id}}-product","seller_id":"{{id}}","name":"{{id}}"}""", cancellationToken);
        return seller;
    }

    private static async Task<string> TokenAsync(ApiClient seller, CancellationToken cancellationToken) =>
        (await seller.RequireAsync(
            "/v1/customer-tokens", """{"customer_id":"noisy-customer","expires_in_seconds":3600}""", cancellationToken))
                .GetProperty("token").GetString()!;
}
