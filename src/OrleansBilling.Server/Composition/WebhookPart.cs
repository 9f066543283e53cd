using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Gateway.Feed;
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

    private readonly OutboundClient client;
    private readonly WebhookDispatch dispatch;
    private readonly DeliverySweep sweep;

    public WebhookPart(
        Foundation foundation, LocalSilo silo, SiloRuntime runtime, ServerSettings settings, ILoggerFactory loggers,
        CancellationToken stopping)
    {
        var storage = foundation.Storage;
        var moments = new MomentReader(
            storage.Journal, storage.Feed, new SubscriptionReader(storage.Journal, runtime.Catalog), loggers.CreateLogger<MomentReader>());
        client = Connect(settings);
        dispatch = new WebhookDispatch(
            storage.Webhooks, storage.Feed, new EventRendering(moments, storage.Documents, new CustomerReader(storage.Customers)),
            foundation.Secrets, client,
            id => !stopping.IsCancellationRequested && silo.Grains is not null && silo.IsHere(GrainId.Create(RingType, id)),
            Machine.Clock, Machine.Time, Machine.Dice, loggers);
        sweep = new DeliverySweep(
            storage.Webhooks, settings.Webhooks.Retention, Machine.Clock, Machine.Time, loggers.CreateLogger<DeliverySweep>());
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
