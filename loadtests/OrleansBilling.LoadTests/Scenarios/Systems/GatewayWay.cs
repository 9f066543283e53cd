using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>Access to gateways for load and audit, whether this run started them or not. Commands go as requests or as lines.</summary>
internal sealed class GatewayWay(
    IReadOnlyList<GatewayAddress> gateways, ScenarioOptions options, LoadCatalog catalog, bool byLines) : IDisposable
{
    /// <summary>The API of the first gateway.</summary>
    public BillingApi Api { get; } = new(gateways[0].Url, gateways[0].Key);

    public Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) => OpenTargetAsync(byLines, cancellationToken);

    public async Task<ILoadTarget> OpenTargetAsync(bool asLines, CancellationToken cancellationToken)
    {
        var bodies = new CommandBodies(catalog);
        return asLines
            ? await BulkTarget.OpenAsync(gateways, options.Streams, options.Callers, bodies, cancellationToken)
            : new HttpTarget(gateways, options.Connections, bodies);
    }

    /// <summary>The number of a seller's canceled subscriptions over all time, from its statistics.</summary>
    public async ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        (await Api.GetAsync<CancellationsDocument>($"/v1/statistics/cancellations?{AroundToday(sellerId)}", cancellationToken)).Canceled;

    /// <summary>The summary of a seller's statistics.</summary>
    public Task<SummaryDocument> ReadSummaryAsync(string sellerId, CancellationToken cancellationToken) =>
        Api.GetAsync<SummaryDocument>($"/v1/statistics/summary?{AroundToday(sellerId)}", cancellationToken);

    public void Dispose() => Api.Dispose();

    /// <summary>A date range that covers a run across midnight.</summary>
    private static string AroundToday(string sellerId)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return $"seller_id={sellerId}&from={today.AddDays(-2):O}&to={today.AddDays(2):O}";
    }
}

/// <summary>A gateway that takes commands.</summary>
/// <param name="Url">Its base address.</param>
/// <param name="Key">An administrator key.</param>
internal sealed record GatewayAddress(Uri Url, string Key);
