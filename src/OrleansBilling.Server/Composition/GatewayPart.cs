using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Webhooks;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Feed;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Rehearsal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// The parts that serve the API: access to grains, the numbering of documents, the mover of a virtual clock, and the
/// services of the routes.
/// </summary>
internal sealed class GatewayPart : IAsyncDisposable
{
    private readonly DocumentNumbering numbering;
    private readonly StatisticsRecount recount;
    private readonly FeedBackfill backfill;
    private readonly PersonMove persons;
    private readonly NameFill names;
    private readonly VirtualTime? virtualTime;
    private readonly Simulations simulations;
    private readonly RequestTurns turns;
    private readonly StreamSlots streams;
    private readonly KeyUses uses;
    private readonly RequestSweep sweep;
    private readonly OutboundClient outbound;
    private readonly Ids ids;

    private GatewayPart(
        Foundation foundation, IClusterLink link, ServerSettings settings, ILoggerFactory loggers,
        IHostApplicationLifetime lifetime, Readiness readiness)
    {
        var secrets = foundation.Secrets;
        var storage = foundation.Storage;
        var clock = foundation.Clock.Clock;
        var limits = settings.Edge.Limits;
        Runtime = new ClusterHost(link, foundation.Stores, foundation.Clock, Machine.Time, loggers, settings.Edge.CatalogCacheBytes);
        numbering = new DocumentNumbering(storage.Documents, Machine.Time, loggers.CreateLogger<DocumentNumbering>());
        recount = new StatisticsRecount(storage.Recount, Runtime.Catalog, Machine.Time, loggers.CreateLogger<StatisticsRecount>());
        virtualTime = foundation.VirtualClock is { } moved
            ? new VirtualTime(Runtime, numbering, storage.Due, storage.Settings, moved, Machine.Time)
            : null;
        ids = new Ids(clock, Machine.Dice);
        var reader = new SubscriptionReader(storage.Journal, Runtime.Catalog);
        backfill = new FeedBackfill(storage.FeedBackfill, reader, Machine.Time, loggers.CreateLogger<FeedBackfill>());
        persons = PersonMoving.Over(storage, reader, settings.Storage == StorageKind.Sqlite, loggers);
        names = new NameFill(storage.Customers, storage.Settings, Machine.Time, loggers.CreateLogger<NameFill>());
        simulations = new Simulations(
            storage.Simulations, storage.Directory, reader, ids.New("runner_"), new SimulationOptions(), Machine.Time,
            loggers.CreateLogger<Simulations>());
        turns = new RequestTurns(limits.RequestsAtOnce, limits.RequestsWaiting, limits.WaitsPerCaller);
        streams = new StreamSlots(limits.StreamsPerCaller);
        sweep = new RequestSweep(storage.Requests, Machine.Time, loggers.CreateLogger<RequestSweep>());
        uses = new KeyUses(storage.ApiKeys, Machine.Time, loggers.CreateLogger<KeyUses>());
        Keys = new Authenticator(storage.ApiKeys, settings.AdminKeyHash, Machine.Time, uses);
        outbound = WebhookPart.Connect(settings);
        var wire = new WebhookWire(outbound, settings.Webhooks.AllowPrivate, secrets, Machine.Clock, Machine.Time, Machine.Dice);
        Ports = new ServiceCollection()
            .AddSingleton<IBillingRuntime>(Runtime)
            .AddSingleton(Runtime.Catalog)
            .AddSingleton(Runtime.Statistics)
            .AddSingleton(Runtime.View)
            .AddSingleton(reader)
            .AddSingleton(simulations)
            .AddSingleton(storage.Journal)
            .AddSingleton(storage.Directory)
            .AddSingleton(storage.Feed)
            .AddSingleton(storage.Customers)
            .AddSingleton(storage.Search)
            .AddSingleton(storage.Sellers)
            .AddSingleton(storage.CatalogCounts)
            .AddSingleton(storage.Shelf)
            .AddSingleton(storage.Coupons)
            .AddSingleton(storage.Balances)
            .AddSingleton(storage.Documents)
            .AddSingleton(storage.Subscriptions)
            .AddSingleton(storage.Invoices)
            .AddSingleton(storage.CreditNotes)
            .AddSingleton(storage.Chargebacks)
            .AddSingleton(storage.BalanceEntries)
            .AddSingleton(storage.Outbox)
            .AddSingleton(storage.Messages)
            .AddSingleton(storage.Texts)
            .AddSingleton(storage.Quarantine)
            .AddSingleton(storage.ApiKeys)
            .AddSingleton(storage.Requests)
            .AddSingleton(storage.Webhooks)
            .AddSingleton<IWebhookWire>(wire)
            .AddSingleton(secrets)
            .AddSingleton(Keys)
            .AddSingleton(ids)
            .AddSingleton(Machine.Dice)
            .AddSingleton(clock)
            .AddSingleton(Machine.Time)
            .AddSingleton(limits)
            .AddSingleton(new ConsolePlace(settings.ConsoleUrl))
            .AddSingleton(turns)
            .AddSingleton(streams)
            .AddSingleton(loggers)
            .AddSingleton(lifetime)
            .AddSingleton(readiness);
        if (virtualTime is not null) Ports.AddSingleton(virtualTime);
    }

    /// <summary>The services that routes use. All are registered as instances; this class or the foundation closes them.</summary>
    public IServiceCollection Ports { get; }

    public ClusterHost Runtime { get; }

    public Authenticator Keys { get; }

    /// <summary>The administrator's new key, if this start created one. It is shown only once.</summary>
    public string? NewAdminKey { get; private set; }

    /// <exception cref="StartupException">The database does not answer.</exception>
    public static async Task<GatewayPart> OpenAsync(
        Foundation foundation, IClusterLink link, ServerSettings settings, ILoggerFactory loggers, IHostApplicationLifetime lifetime,
        Readiness readiness)
    {
        var gateway = new GatewayPart(foundation, link, settings, loggers, lifetime, readiness);
        try
        {
            gateway.NewAdminKey = await AdminKey.MakeIfNoneAsync(
                settings.AdminKeyHash, foundation.Storage.ApiKeys, foundation.Clock.Clock, gateway.ids, Machine.Dice,
                lifetime.ApplicationStopping);
            return gateway;
        }
        catch (Exception e)
        {
            await gateway.DisposeAsync();
            if (e is JournalUnavailableException) throw new StartupException($"The database does not answer: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Starts the background work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Runtime.StartAsync(cancellationToken);
        numbering.Start();
        simulations.Start();
        recount.Start();
        backfill.Start();
        persons.Start();
        names.Start();
        uses.Start();
        sweep.Start();
    }

    /// <summary>Finishes work in flight, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await simulations.DisposeAsync();
        await recount.StopAsync();
        await backfill.StopAsync();
        await persons.StopAsync();
        await names.StopAsync();
        await Runtime.StopAsync(CancellationToken.None);
        await numbering.StopAsync();
        virtualTime?.Dispose();
        numbering.Dispose();
        recount.Dispose();
        backfill.Dispose();
        persons.Dispose();
        names.Dispose();
        await Runtime.DisposeAsync();
        await uses.DisposeAsync();
        await sweep.DisposeAsync();
        outbound.Dispose();
        await turns.DisposeAsync();
        await streams.DisposeAsync();
    }
}
