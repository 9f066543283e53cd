using System.Collections.Concurrent;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>Many endpoints in memory, which are only sent to.</summary>
internal sealed class ManyWebhooks(IReadOnlyList<WebhookEndpoint> endpoints) : IWebhookStore
{
    private readonly Dictionary<string, WebhookEndpoint> byId = endpoints.ToDictionary(one => one.Id, StringComparer.Ordinal);
    private int taken;

    /// <summary>How often endpoints were taken over.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Endpoints and positions that were delivered.</summary>
    public ConcurrentQueue<(string EndpointId, long Position)> Delivered { get; } = new();

    public ValueTask<long> ReadChangesAsync(CancellationToken cancellationToken) => new(1);

    public ValueTask<IReadOnlyList<EnabledEndpoint>> ListEnabledAsync(
        string? afterId, int limit, CancellationToken cancellationToken) => new(
    [
        .. byId.Keys.Order(StringComparer.Ordinal).Where(id => string.CompareOrdinal(id, afterId) > 0).Take(limit)
            .Select(id => new EnabledEndpoint(id, 1)),
    ]);

    public ValueTask<IReadOnlyList<WebhookTerm>> TakeAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref taken, ids.Count);
        return new([.. ids.Select(id => new WebhookTerm(byId[id], 1, 0, [], null))]);
    }

    public ValueTask<IReadOnlySet<string>> SaveAsync(IReadOnlyList<WebhookProgress> progress, CancellationToken cancellationToken)
    {
        foreach (var one in progress)
        {
            foreach (var delivery in one.Deliveries.Where(delivery => delivery.IsDelivered))
                Delivered.Enqueue((one.EndpointId, delivery.Event.Position));
        }

        return new(new HashSet<string>());
    }

    public ValueTask<WebhookAddition> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<WebhookEndpoint?> FindAsync(string id, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<IReadOnlyList<WebhookEndpoint>> ListAsync(
        WebhookEndpointFilter filter, string? afterId, int limit, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<bool> ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<bool> ReplayAsync(string id, WebhookReplay replay, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id, bool? isDelivered, long after, long before, int limit, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<IReadOnlyDictionary<long, WebhookEndpoint>> ReadDisabledAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<int> SweepAsync(NodaTime.Instant before, int limit, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("Sending does not ask for this.");
}
