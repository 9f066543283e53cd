using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using NodaTime;
using OrleansBilling.Cluster.Calls;
using OrleansBilling.Cluster.Placement;
using OrleansBilling.Cluster.Schema;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Storage.Postgres;

namespace OrleansBilling.Cluster.Hosting;

/// <summary>
/// A silo as a process: the journal's connections, Orleans, and a small web server that tells its health. Stopping takes
/// no new grains, finishes what is under way, leaves the cluster, and then closes the journal.
/// </summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private const string ServiceName = "orleans-billing-silo";
    private const string UrlDefault = "http://127.0.0.1:0";
    private const long SimulatorSeed = 1;
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(50);

    private readonly WebApplication web;
    private readonly PostgresStorage storage;
    private readonly HttpClient? providerClient;
    private readonly string connectionString;
    private bool started;

    private SiloHost(WebApplication web, PostgresStorage storage, HttpClient? providerClient, string connectionString)
    {
        this.web = web;
        this.connectionString = connectionString;
        this.storage = storage;
        this.providerClient = providerClient;
    }

    /// <summary>Where it tells its health.</summary>
    public IReadOnlyCollection<string> Addresses => [.. web.Urls];

    public IServiceProvider Services => web.Services;

    // The one place that may read the machine's clock for billing.
#pragma warning disable RS0030
    private static SystemClock MachineClock => SystemClock.Instance;
#pragma warning restore RS0030

    /// <summary>Opens the database, brings its tables up to date and puts the silo together; it has not joined yet.</summary>
    /// <exception cref="StartupException">For a reason that the operator can mend.</exception>
    public static async Task<SiloHost> OpenAsync(string[] arguments, SiloOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        var settings = SiloSettings.Read(builder.Configuration);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls(UrlDefault);
        builder.Logging.AddConsoleLogging(builder.Configuration);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        ClusterLogging.Quieten(builder.Logging);

        // Why it could not start is said once, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddTelemetryExport(builder.Configuration, ServiceName, "Microsoft.Orleans");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        using var loggers = LoggerFactory.Create(logging => logging.AddConsoleLogging(builder.Configuration));
        var storage = await OpenStorageAsync(settings, loggers, cancellationToken);
        HttpClient? providerClient = null;
        try
        {
            var clock = new WireClock(MachineClock, settings.VirtualClock ? await VirtualTime.RestoreAsync(storage.Settings, Instant.FromUnixTimeTicks(0), cancellationToken) : null);
            providerClient = settings.Payments is { } address ? HttpPaymentProvider.CreateClient(address) : null;
            AddServices(builder.Services, storage, clock, providerClient, options);
            AddSilo(builder, settings, options);
            var web = builder.Build();
            web.MapHealth(storage.Journal);
            return new SiloHost(web, storage, providerClient, settings.ConnectionString);
        }
        catch
        {
            providerClient?.Dispose();
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Joins the cluster and serves.</summary>
    /// <exception cref="StartupException">It cannot listen, or cannot join.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
            started = true;
        }
        catch (Exception e) when (e is IOException or SocketException or AddressInUseException or OrleansException or FormatException)
        {
            throw new StartupException($"Cannot join: {e.Message}", e);
        }
    }

    /// <summary>Completes when the process is told to stop, and the silo has left the cluster.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => web.WaitForShutdownAsync(cancellationToken);

    /// <summary>Leaves the cluster in good order, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (started) await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
        ClusterDatabase.Close(connectionString);
        providerClient?.Dispose();
        await storage.DisposeAsync();
    }

    private static async Task<PostgresStorage> OpenStorageAsync(SiloSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            await ClusterSchema.ApplyAsync(settings.ConnectionString, loggers.CreateLogger<SiloHost>(), cancellationToken);
            var storageOptions = new PostgresStorageOptions { ConnectionString = settings.ConnectionString, TakesPartitions = false };
            return await PostgresStorage.OpenAsync(storageOptions, TimeProvider.System, loggers, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException and not InvalidOperationException)
        {
            throw new StartupException($"The database cannot be opened: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static void AddServices(IServiceCollection services, PostgresStorage storage, WireClock clock, HttpClient? providerClient, SiloOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(clock);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RingMembers>();
        services.AddSingleton<IPaymentProvider>(provider => providerClient is null
            ? new SimulatedPaymentProvider(SimulatorSeed)
            : new HttpPaymentProvider(providerClient, HttpPaymentProvider.DefaultTimeout, TimeProvider.System, provider.GetRequiredService<ILogger<HttpPaymentProvider>>()));

        // The journal outlives the container: it closes when the silo is gone.
        services.AddSingleton(provider => new SiloRuntime(
            storage, provider.GetRequiredService<IPaymentProvider>(), clock, options, TimeProvider.System, provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<RingMembers>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PumpWatch>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloDrain>();
    }

    private static void AddSilo(WebApplicationBuilder builder, SiloSettings settings, SiloOptions options)
    {
        var free = new Queue<int>(FreePort.Find(settings.AdvertisedAddress, 2));
        var siloPort = settings.SiloPort == 0 ? free.Dequeue() : settings.SiloPort;
        var gatewayPort = settings.GatewayPort == 0 ? free.Dequeue() : settings.GatewayPort;
        builder.UseOrleans(silo => silo.Apply(settings, options, siloPort, gatewayPort));
    }
}
