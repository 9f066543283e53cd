using System.Security.Cryptography;
using NodaTime;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Reports;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>
/// Everything behind the routes: storage, clock, payment provider, runtime. Opened in that order and closed in the
/// opposite one, so that nothing is taken away from under somebody who uses it.
/// </summary>
internal sealed class BillingEngine : IAsyncDisposable
{
    /// <summary>The simulator's dice fall the same way in every process.</summary>
    private const long SimulatorSeed = 1;

    private readonly BillingStorage storage;
    private readonly IBillingHost runtime;
    private readonly DocumentNumbering numbering;
    private readonly StatisticsRecount recount;
    private readonly VirtualTime? virtualTime;
    private readonly HttpClient? providerClient;

    private BillingEngine(BillingStorage storage, VirtualClock? virtualClock, GatewaySettings settings, ILoggerFactory loggers, CancellationToken stopping)
    {
        this.storage = storage;
        var time = TimeProvider.System;
        var clock = new BillingClock((IClock?)virtualClock ?? MachineClock);
        providerClient = settings.Payments is { } address ? HttpPaymentProvider.CreateClient(address) : null;
        IPaymentProvider payments = providerClient is null
            ? new SimulatedPaymentProvider(SimulatorSeed)
            : new HttpPaymentProvider(providerClient, HttpPaymentProvider.DefaultTimeout, time, loggers.CreateLogger<HttpPaymentProvider>());
        (runtime, var catalog, var statistics) = RuntimeOpening.Open(settings, storage, payments, MachineClock, virtualClock, time, loggers);
        numbering = new DocumentNumbering(storage.Documents, time, loggers.CreateLogger<DocumentNumbering>());
        recount = new StatisticsRecount(storage.Recount, catalog, time, loggers.CreateLogger<StatisticsRecount>());
        virtualTime = virtualClock is null ? null : new VirtualTime(runtime, numbering, storage.Journal, storage.Settings, virtualClock, time);

        var reader = new SubscriptionReader(storage.Journal, catalog);
        Dice dice = RandomNumberGenerator.Fill;
        var ids = new Ids(clock, dice);
        KeyHash? administrator = settings.AdminKey is { } key ? KeyHash.Of(key) : null;
        Services = new GatewayServices
        {
            Runtime = runtime,
            Journal = storage.Journal,
            Reader = reader,
            Previewer = new InvoicePreviewer(reader, clock),
            Catalog = catalog,
            CatalogKeys = new CatalogKeys(clock),
            Directory = storage.Directory,
            Statistics = statistics,
            Simulations = new Simulations(
                storage.Simulations, storage.Directory, reader, ids.New("runner_"), new SimulationOptions(), time, loggers.CreateLogger<Simulations>()),
            PreferredRetention = new PreferredRetention(statistics, clock, time),
            CatalogCounts = storage.CatalogCounts,
            Coupons = storage.Coupons,
            CouponGuesses = new CouponGuesses(time),
            Balances = storage.Balances,
            Documents = storage.Documents,
            Outbox = storage.Outbox,
            Quarantine = storage.Quarantine,
            ApiKeys = storage.ApiKeys,
            Authenticator = new Authenticator(storage.ApiKeys, administrator, time),
            Clock = clock,
            Ids = ids,
            Dice = dice,
            Limits = settings.Edge.Limits,
            Turns = CallerLimit.Of(settings.Edge.Limits.RequestsAtOnce, settings.Edge.Limits.RequestsWaiting),
            Streams = CallerLimit.Of(settings.Edge.Limits.StreamsPerCaller, waiting: 0),
            Time = time,
            Loggers = loggers,
            Stopping = stopping,
            VirtualTime = virtualTime,
        };
    }

    public GatewayServices Services { get; }

    /// <summary>The administrator's secret, if this start made one; to be shown once.</summary>
    public string? NewAdminKey { get; private set; }

    // The one place that may read the machine's clock for billing.
#pragma warning disable RS0030
    private static SystemClock MachineClock => SystemClock.Instance;
#pragma warning restore RS0030

    /// <summary>Opens everything and starts what runs by itself: the due pump, which catches up on missed time, and the numbering of documents.</summary>
    /// <exception cref="StartupException">Something cannot be opened.</exception>
    public static async Task<BillingEngine> OpenAsync(GatewaySettings settings, ILoggerFactory loggers, CancellationToken stopping)
    {
        RuntimeOpening.RequireAvailable(settings);
        var storage = await StorageOpening.OpenAsync(settings, TimeProvider.System, loggers, stopping);
        try
        {
            var virtualClock = settings.Clock == ClockMode.Virtual
                ? await VirtualTime.RestoreAsync(storage.Settings, settings.ClockStart ?? MachineClock.GetCurrentInstant(), stopping)
                : null;
            var engine = new BillingEngine(storage, virtualClock, settings, loggers, stopping);
            var services = engine.Services;
            engine.NewAdminKey = await AdminKey.MakeIfNoneAsync(settings, services.ApiKeys, services.Clock, services.Ids, services.Dice, stopping);
            await engine.runtime.StartAsync(stopping);
            engine.numbering.Start();
            services.Simulations.Start();
            engine.recount.Start();
            return engine;
        }
        catch (JournalUnavailableException e)
        {
            await storage.DisposeAsync();
            throw new StartupException($"The database does not answer: {e.Message}", e);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes what is under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Services.Simulations.DisposeAsync();
        await recount.StopAsync();
        await runtime.StopAsync(CancellationToken.None);
        await numbering.StopAsync();
        virtualTime?.Dispose();
        numbering.Dispose();
        recount.Dispose();
        await runtime.DisposeAsync();
        providerClient?.Dispose();
        await Services.Turns.DisposeAsync();
        await Services.Streams.DisposeAsync();
        await storage.DisposeAsync();
    }
}
