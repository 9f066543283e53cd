using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Gateway.Feed;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>Sends events to endpoints, in a process with a silo. The ring tells which endpoints are this silo's, as with grains.</summary>
internal sealed class WebhookPart : IAsyncDisposable
{
    /// <summary>Part of what the ring is asked; with another name, endpoints would change silos.</summary>
    private const string RingType = "webhook-endpoint";

    /// <summary>Deliveries that ended long ago and are removed in one transaction. What waits stays.</summary>
    private const int SweptAtOnce = 2_000;

    private readonly OutboundClient client;
    private readonly WebhookDispatch dispatch;
    private readonly Sweep sweep;

    public WebhookPart(
        Foundation foundation, LocalSilo silo, SiloRuntime runtime, ServerSettings settings, ILoggerFactory loggers,
        CancellationToken stopping)
    {
        var storage = foundation.Storage;
        var moments = new MomentReader(
            storage.Journal, storage.Feed, new SubscriptionReader(storage.Journal, runtime.Catalog), loggers.CreateLogger<MomentReader>());
        client = Connect(settings);
        dispatch = new WebhookDispatch(
            storage.Webhooks, storage.Feed,
            new EventRendering(
                moments, storage.Documents, new CustomerReader(storage.Customers), new SubscriptionTextReader(storage.Texts),
                storage.Webhooks),
            foundation.Secrets, client,
            id => MayTake() && silo.IsHere(GrainId.Create(RingType, id)), () => MayTake() ? silo.RingVersion : -1,
            Machine.Clock, Machine.Time, Machine.Dice, loggers);
        sweep = new Sweep(
            "Removing old deliveries",
            ends => storage.Webhooks.SweepAsync(Machine.Clock.GetCurrentInstant() - settings.Webhooks.Retention, SweptAtOnce, ends),
            SweptAtOnce, Machine.Time, loggers.CreateLogger<Sweep>());

        bool MayTake() => !stopping.IsCancellationRequested && silo.Grains is not null;
    }

    /// <summary>What reaches addresses that others chose.</summary>
    public static OutboundClient Connect(ServerSettings settings) =>
        new(new OutboundOptions { AllowPrivate = settings.Webhooks.AllowPrivate }, Machine.Time);

    public void Start()
    {
        dispatch.Start();
        sweep.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await dispatch.DisposeAsync();
        await sweep.DisposeAsync();
        client.Dispose();
    }
}
