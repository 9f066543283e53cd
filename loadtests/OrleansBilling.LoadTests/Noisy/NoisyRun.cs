using System.Globalization;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>What <c>noisy</c> was asked.</summary>
/// <param name="Storage">sqlite or postgres.</param>
/// <param name="Seconds">How long each phase lasts.</param>
/// <param name="Rate">Commands of the calm tenant a second.</param>
/// <param name="OfEach">How many of each kind of noise at a time.</param>
internal sealed record NoisyOptions(string Storage, int Seconds, int Rate, int OfEach);

/// <summary>
/// The whole of <c>noisy</c>: one tenant works alone, then beside one that does its worst. His commands must all succeed,
/// be there afterwards, and their p99 must stay within <see cref="RatioMax"/> times of before.
/// </summary>
internal static class NoisyRun
{
    public const double RatioMax = 5;

    private const int WarmUpSeconds = 5;
    private const int CalmSubscriptions = 300;
    private const int ShownMax = 10;

    /// <summary>Threads of this process, so that the calm tenant's clock does not wait until the noisy one has read his answers.</summary>
    private const int ThreadsMin = 16;

    public static async Task<int> RunAsync(NoisyOptions options, CancellationToken cancellationToken)
    {
        ThreadPool.SetMinThreads(ThreadsMin, ThreadsMin);
        await using var postgres = options.Storage == "postgres" ? await PrivatePostgres.StartAsync(cancellationToken) : null;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync("noisy", null, cancellationToken);
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
        using var admin = new Tenant(gateway.Address, gateway.Key);
        using var calmApi = await SellerAsync(gateway.Address, admin, "calm", cancellationToken);
        using var noisyApi = await SellerAsync(gateway.Address, admin, "noisy", cancellationToken);
        using var customer = new Tenant(gateway.Address, await TokenAsync(noisyApi, cancellationToken));
        await calmApi.RequireAsync(
            "/v1/plans", """{"id":"calm-plan","product_id":"calm-product","name":"c","interval":{"unit":"month","count":1}}""",
            cancellationToken);
        await calmApi.RequireAsync(
            "/v1/offers", """{"id":"calm-offer","plan_id":"calm-plan","amount":2990,"currency":"BRL"}""", cancellationToken);
        var calm = new CalmTenant(calmApi, "calm-offer");
        var noise = new Noise(noisyApi, customer, "noisy-product");
        await calm.SellAsync(CalmSubscriptions, cancellationToken);
        await noise.PrepareAsync(cancellationToken);

        await calm.WorkAsync(options.Rate, WarmUpSeconds, cancellationToken);
        var before = await calm.WorkAsync(options.Rate, options.Seconds, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = noise.RunAsync(options.OfEach, stop.Token);
        var beside = await calm.WorkAsync(options.Rate, options.Seconds, cancellationToken);
        await stop.CancelAsync();
        await making;
        return Judge(options, calm, noise, before, beside, await calm.AuditAsync(cancellationToken));
    }

    private static int Judge(
        NoisyOptions options, CalmTenant calm, Noise noise, in LatencySummary before, in LatencySummary beside, IReadOnlyList<string> wrong)
    {
        Screen.Table(
            $"What the noisy tenant was answered ({options.OfEach} of each at a time, {options.Seconds} s, {options.Storage})",
            ["kind", ">status", ">times", "code"],
            [.. noise.Answers.OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal).ThenBy(pair => pair.Key.Status)
                .Select(pair => (IReadOnlyList<string>)[pair.Key.Kind, Text(pair.Key.Status), Text(pair.Value), pair.Key.Code ?? ""])]);
        Screen.Table(
            $"The calm tenant: {options.Rate} commands a second, {options.Seconds} s each, latency in ms from the intended time",
            ["beside", ">commands", ">p50", ">p99", ">p99.9", ">max"],
            [Row("nobody", before), Row("the noisy one", beside)]);

        var ratio = beside.P99 / before.P99;
        var faults = noise.Answers.Where(pair => pair.Key.Status is 0 or >= 500).Sum(pair => pair.Value);
        var broken = calm.Failures.Concat(wrong).Take(ShownMax).ToList();
        Screen.Line("");
        Screen.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p99 before {before.P99:0.0} ms, beside {beside.P99:0.0} ms: ratio {ratio:0.00}, at most {RatioMax}."));
        Screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"Not done: {calm.Failures.Count}. Not as acknowledged: {wrong.Count} of {calm.Subscriptions} subscriptions. 5xx or no answer to the noisy one: {faults}."));
        foreach (var line in broken) Screen.Line($"  {line}");
        return ratio <= RatioMax && broken.Count == 0 && faults == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<Tenant> SellerAsync(Uri address, Tenant admin, string id, CancellationToken cancellationToken)
    {
        var key = await admin.RequireAsync("/v1/api-keys", $$"""{"role":"seller","seller_id":"{{id}}"}""", cancellationToken);
        var seller = new Tenant(address, key.GetProperty("key").GetString()!);
        await seller.RequireAsync("/v1/products", $$"""{"id":"{{id}}-product","seller_id":"{{id}}","name":"{{id}}"}""", cancellationToken);
        return seller;
    }

    private static async Task<string> TokenAsync(Tenant seller, CancellationToken cancellationToken) =>
        (await seller.RequireAsync(
            "/v1/customer-tokens", """{"customer_id":"noisy-customer","expires_in_seconds":3600}""", cancellationToken))
                .GetProperty("token").GetString()!;

    private static IReadOnlyList<string> Row(string beside, in LatencySummary latency) =>
        [beside, Text(latency.Count), Text(latency.P50), Text(latency.P99), Text(latency.P999), Text(latency.Max)];

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("N1", CultureInfo.InvariantCulture);
}
