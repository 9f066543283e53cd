using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Coupons;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// What serves the API: the way to grains, the numbering of documents, the mover of a virtual clock, and what the
/// routes work with.
/// </summary>
internal sealed class GatewayPart : IAsyncDisposable
{
    private readonly DocumentNumbering numbering;
    private readonly StatisticsRecount recount;
    private readonly VirtualTime? virtualTime;

    private GatewayPart(
        Foundation foundation, IClusterLink link, ServerSettings settings, KeyHash? administrator, ILoggerFactory loggers,
        CancellationToken stopping)
    {
        var storage = foundation.Storage;
        var clock = foundation.Clock.Clock;
        Runtime = new ClusterHost(link, foundation.Stores, foundation.Clock, Machine.Time, loggers, settings.Edge.CatalogCacheBytes);
        numbering = new DocumentNumbering(storage.Documents, Machine.Time, loggers.CreateLogger<DocumentNumbering>());
        recount = new StatisticsRecount(storage.Recount, Runtime.Catalog, Machine.Time, loggers.CreateLogger<StatisticsRecount>());
        virtualTime = foundation.VirtualClock is { } moved
            ? new VirtualTime(Runtime, numbering, storage.Due, storage.Settings, moved, Machine.Time)
            : null;
        var ids = new Ids(clock, Machine.Dice);
        var reader = new SubscriptionReader(storage.Journal, Runtime.Catalog);
        Services = new GatewayServices
        {
            Runtime = Runtime,
            Journal = storage.Journal,
            Reader = reader,
            Previewer = new InvoicePreviewer(reader, clock),
            Catalog = Runtime.Catalog,
            CatalogKeys = new CatalogKeys(clock),
            Directory = storage.Directory,
            Statistics = Runtime.Statistics,
            Calendar = new StatisticsCalendar(Runtime.Catalog, clock),
            Simulations = new Simulations(
                storage.Simulations, storage.Directory, reader, ids.New("runner_"), new SimulationOptions(), Machine.Time,
                loggers.CreateLogger<Simulations>()),
            PreferredRetention = new PreferredRetention(Runtime.Statistics, clock, Machine.Time),
            CatalogCounts = storage.CatalogCounts,
            Coupons = storage.Coupons,
            Redemption = new CouponRedemption(Runtime, storage.Coupons, storage.Journal, reader, Machine.Time),
            Balances = storage.Balances,
            Documents = storage.Documents,
            Outbox = storage.Outbox,
            Quarantine = storage.Quarantine,
            ApiKeys = storage.ApiKeys,
            Authenticator = new Authenticator(storage.ApiKeys, administrator, Machine.Time),
            Clock = clock,
            Ids = ids,
            Dice = Machine.Dice,
            Limits = settings.Edge.Limits,
            Turns = CallerLimit.Of(settings.Edge.Limits.RequestsAtOnce, settings.Edge.Limits.RequestsWaiting),
            Streams = CallerLimit.Of(settings.Edge.Limits.StreamsPerCaller, waiting: 0),
            Time = Machine.Time,
            Loggers = loggers,
            Stopping = stopping,
            VirtualTime = virtualTime,
        };
    }

    public GatewayServices Services { get; }

    public ClusterHost Runtime { get; }

    /// <summary>The administrator's secret, if this start made one; to be shown once.</summary>
    public string? NewAdminKey { get; private set; }

    /// <exception cref="StartupException">The database does not answer.</exception>
    public static async Task<GatewayPart> OpenAsync(
        Foundation foundation, IClusterLink link, ServerSettings settings, ILoggerFactory loggers, CancellationToken stopping)
    {
        KeyHash? administrator = settings.AdminKey is { } key ? KeyHash.Of(key) : null;
        var gateway = new GatewayPart(foundation, link, settings, administrator, loggers, stopping);
        try
        {
            var services = gateway.Services;
            gateway.NewAdminKey = await AdminKey.MakeIfNoneAsync(
                administrator, services.ApiKeys, services.Clock, services.Ids, services.Dice, stopping);
            return gateway;
        }
        catch (JournalUnavailableException e)
        {
            await gateway.DisposeAsync();
            throw new StartupException($"The database does not answer: {e.Message}", e);
        }
    }

    /// <summary>Starts what runs by itself.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Runtime.StartAsync(cancellationToken);
        numbering.Start();
        Services.Simulations.Start();
        recount.Start();
    }

    /// <summary>Finishes what is under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Services.Simulations.DisposeAsync();
        await recount.StopAsync();
        await Runtime.StopAsync(CancellationToken.None);
        await numbering.StopAsync();
        virtualTime?.Dispose();
        numbering.Dispose();
        recount.Dispose();
        await Runtime.DisposeAsync();
        await Services.Turns.DisposeAsync();
        await Services.Streams.DisposeAsync();
    }
}
