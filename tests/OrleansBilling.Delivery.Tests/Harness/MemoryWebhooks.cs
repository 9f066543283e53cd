using System.Collections.Concurrent;
using NodaTime;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>One endpoint in memory, as the database keeps it.</summary>
internal sealed class MemoryWebhooks(WebhookEndpoint endpoint) : IWebhookStore
{
    private readonly Lock gate = new();
    private WebhookEndpoint stored = endpoint;
    private long term;
    private long through;
    private long changes = 1;

    public ConcurrentDictionary<long, WebhookDelivery> Deliveries { get; } = new();

    public WebhookEndpoint Endpoint
    {
        get
        {
            lock (gate) return stored;
        }
    }

    public long Through => Interlocked.Read(ref through);

    /// <summary>Called before progress is stored.</summary>
    public Func<Task> BeforeSaving { get; set; } = () => Task.CompletedTask;

    /// <summary>As another process would.</summary>
    public void TakeAway()
    {
        lock (gate) term++;
    }

    public ValueTask<WebhookAddition> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<WebhookEndpoint?> FindAsync(string id, CancellationToken cancellationToken) => new(Endpoint);

    public ValueTask<IReadOnlyList<WebhookEndpoint>> ListAsync(
        WebhookEndpointFilter filter, string? afterId, int limit, CancellationToken cancellationToken) => new([Endpoint]);

    public ValueTask<bool> ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        lock (gate) stored = endpoint with { Version = endpoint.Version + 1 };
        Interlocked.Increment(ref changes);
        return new(true);
    }

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<bool> ReplayAsync(string id, WebhookReplay replay, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id, bool? isDelivered, long after, long before, int limit, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<long> ReadChangesAsync(CancellationToken cancellationToken) => new(Interlocked.Read(ref changes));

    public ValueTask<IReadOnlyList<EnabledEndpoint>> ListEnabledAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        new(Endpoint is { Disabled: null } one ? [new EnabledEndpoint(one.Id, one.Version)] : []);

    public ValueTask<IReadOnlyList<WebhookTerm>> TakeAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (stored.Disabled is not null) return new([]);
            var waiting = Deliveries.Values.Where(one => !one.IsDelivered).OrderBy(one => one.Event.Position).ToList();
            return new([new WebhookTerm(stored, ++term, through, waiting, null)]);
        }
    }

    public async ValueTask<IReadOnlySet<string>> SaveAsync(
        IReadOnlyList<WebhookProgress> progress, CancellationToken cancellationToken)
    {
        await BeforeSaving();
        lock (gate)
        {
            var one = Assert.Single(progress);
            if (one.Term != term) return new HashSet<string> { one.EndpointId };
            through = Math.Max(through, one.Through);
            foreach (var delivery in one.Deliveries) Deliveries[delivery.Event.Position] = delivery;
            var failingSince = one.FailedAt is null && one.SucceededAt is not null ? null : stored.FailingSince ?? one.FailedAt;
            stored = stored with { FailingSince = failingSince, Disabled = one.Disabled ?? stored.Disabled };
            if (one.Disabled is not null) Interlocked.Increment(ref changes);
            return new HashSet<string>();
        }
    }

    public ValueTask<IReadOnlyDictionary<long, WebhookEndpoint>> ReadDisabledAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) => throw NotAsked();

    public ValueTask<int> SweepAsync(Instant before, int limit, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("Sending does not ask for this.");
}
