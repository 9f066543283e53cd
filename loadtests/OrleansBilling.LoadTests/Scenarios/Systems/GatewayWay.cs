using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Scenarios.Targets;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Systems;

/// <summary>How load reaches gateways, whoever started them: by requests or by lines.</summary>
internal sealed class GatewayWay(
    IReadOnlyList<GatewayAddress> gateways, ScenarioOptions options, LoadCatalog catalog, bool byLines) : IDisposable
{
    /// <summary>The API of the first one.</summary>
    public BillingApi Api { get; } = new(gateways[0].Url, gateways[0].Key);

    public Task<ILoadTarget> OpenTargetAsync(CancellationToken cancellationToken) => OpenTargetAsync(byLines, cancellationToken);

    public async Task<ILoadTarget> OpenTargetAsync(bool asLines, CancellationToken cancellationToken)
    {
        var bodies = new CommandBodies(catalog);
        return asLines
            ? await BulkTarget.OpenAsync(gateways, options.Streams, options.Callers, bodies, cancellationToken)
            : new HttpTarget(gateways, options.Connections, bodies);
    }

    /// <summary>How many subscriptions of a seller were ever canceled, as its statistics say.</summary>
    public async ValueTask<long> ReadCanceledAsync(string sellerId, CancellationToken cancellationToken) =>
        (await Api.GetAsync<CancellationsDocument>($"/v1/statistics/cancellations?{AroundToday(sellerId)}", cancellationToken)).Canceled;

    /// <summary>What a seller's statistics say at a glance.</summary>
    public Task<SummaryDocument> ReadSummaryAsync(string sellerId, CancellationToken cancellationToken) =>
        Api.GetAsync<SummaryDocument>($"/v1/statistics/summary?{AroundToday(sellerId)}", cancellationToken);

    public void Dispose() => Api.Dispose();

    /// <summary>Wide enough for a run over midnight.</summary>
    private static string AroundToday(string sellerId)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return $"seller_id={sellerId}&from={today.AddDays(-2):O}&to={today.AddDays(2):O}";
    }
}

/// <summary>A gateway to send commands to.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="Key">An administrator's key.</param>
internal sealed record GatewayAddress(Uri Url, string Key);
