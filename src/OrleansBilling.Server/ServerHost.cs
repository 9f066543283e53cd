using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using OpenTelemetry.Trace;
using OrleansBilling.Console.Hosting;
using OrleansBilling.Gateway;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.OpenApi;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Rehearsal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Server.Composition;
using OrleansBilling.Server.Settings;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Schema;
using OrleansBilling.Silo.Tls;

namespace OrleansBilling.Server;

/// <summary>
/// The process. It reads the settings, opens the foundation, and then starts silo and gateway according to the role. On stop
/// it accepts no more requests, finishes those in flight, leaves the cluster, and then closes the database.
/// </summary>
internal sealed partial class ServerHost : IAsyncDisposable
{
    private const string UrlDefault = "http://127.0.0.1:5080";
    private const string SiloUrlDefault = "http://127.0.0.1:0";

    /// <summary>
    /// Pool threads at least, so that on one processor a short command does not wait for long-running work. More than one for
    /// each processor cost a third of a command's processor time and do not make the answers to others faster.
    /// </summary>
    private const int ThreadsMin = 2;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(50);

    private readonly WebApplication web;
    private readonly ServerSettings settings;
    private readonly PosixSignalRegistration[] signals;
    private readonly ClusterCertificate? certificate;
    private readonly Readiness readiness = new();
    private readonly RequestIds requestIds = new(new Ids(Machine.Clock, Machine.Dice));
    private Task warming = Task.CompletedTask;
    private WebhookPart? webhooks;
    private ListPart? invoices;
    private UsagePart? usage;
    private Foundation? foundation;
    private IClusterLink? link;
    private GatewayPart? gateway;
    private IDisposable? bareErrors;
    private bool started;

    private ServerHost(WebApplicationBuilder builder, ServerSettings settings, SiloOptions? siloOptions)
    {
        certificate = OpenCertificate(settings.Tls);
        this.settings = settings = settings with { Place = settings.Place with { Certificate = certificate } };
        AddWeb(builder);
        if (settings.Role != Role.Gateway)
            builder.AddSilo(
                settings.Place,
                (siloOptions ?? new SiloOptions { CatalogBytes = settings.Edge.CatalogCacheBytes }) with
                {
                    UsageRetention = settings.UsageRetention,
                },
                () => foundation!.SiloParts);
        else builder.AddDashboardPage(() => link?.Grains ?? throw new JournalUnavailableException(ClusterHost.NotReached));
        web = builder.Build();
        signals = [ListenTo(PosixSignal.SIGTERM), ListenTo(PosixSignal.SIGINT)];
    }

    /// <summary>The URLs that it listens on.</summary>
    public IReadOnlyCollection<string> Addresses => [.. web.Urls];

    /// <summary>The administrator's new key, if this start created one. It is shown only once.</summary>
    public string? NewAdminKey => gateway?.NewAdminKey;

    public IServiceProvider Services => web.Services;

    /// <summary>The parts that serve the API. Throws in a process that is only a silo.</summary>
    public GatewayPart Gateway => gateway ?? throw new InvalidOperationException("This process serves no API.");

    /// <summary>Opens everything that the settings name. Nothing is served yet.</summary>
    /// <exception cref="StartupException">The operator can fix the reason.</exception>
    /// <exception cref="OperationCanceledException">The process was told to stop meanwhile.</exception>
    public static async Task<ServerHost> OpenAsync(string[] arguments, SiloOptions? siloOptions = null)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsMin), completions);
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        var server = new ServerHost(builder, SettingsReader.Read(builder.Configuration), siloOptions);
        try
        {
            await server.OpenAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Joins the cluster and starts to serve.</summary>
    /// <exception cref="StartupException">It cannot join the cluster, or cannot listen on its address.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (settings.Storage == StorageKind.Postgres && settings.Role != Role.Gateway)
                await ClusterDatabase.ConnectAsync(settings.ConnectionString, Machine.Time, cancellationToken);
            if (gateway is not null) await gateway.StartAsync(cancellationToken);
            await web.StartAsync(cancellationToken);
            started = true;
            webhooks?.Start();
            invoices?.Start();
            usage?.Start();
            await WarmUpAsync();
        }
        catch (OperationCanceledException) when (web.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it had started, so there is nothing to wait for.
        }
        catch (Exception e) when (e is OrleansException or DbException or TimeoutException)
        {
            throw new StartupException($"Cannot join the cluster: {e.Message}", e);
        }
        catch (Exception e) when (
            e is IOException or SocketException or AddressInUseException or FormatException or InvalidOperationException
                or UnauthorizedAccessException)
        {
            throw new StartupException($"Cannot listen: {e.Message}", e);
        }
    }

    /// <summary>Completes when the process was told to stop and has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        started ? web.WaitForShutdownAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (webhooks is not null) await webhooks.DisposeAsync();
        if (invoices is not null) await invoices.DisposeAsync();
        if (usage is not null) await usage.DisposeAsync();
        if (IsRunning) await web.StopAsync(CancellationToken.None);
        await warming;
        if (gateway is not null) await gateway.DisposeAsync();
        bareErrors?.Dispose();
        await web.DisposeAsync();
        if (settings.Storage == StorageKind.Postgres) ClusterDatabase.Close(settings.ConnectionString);
        if (foundation is not null) await foundation.DisposeAsync();
        certificate?.Dispose();
        foreach (var signal in signals) signal.Dispose();
    }

    /// <summary>
    /// Listens from the beginning, because the host itself listens only once it starts and opening a database may take long. While
    /// it opens, a second signal ends the process at once.
    /// </summary>
    private PosixSignalRegistration ListenTo(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // The host's own handler may have cancelled the first signal already; that must stand.
        if (!web.Lifetime.ApplicationStopping.IsCancellationRequested) context.Cancel = true;
        web.Lifetime.StopApplication();
    });

    /// <summary>
    /// Whether there is something to stop. A silo that could not join has already stopped, and stopping it again would be an
    /// error.
    /// </summary>
    private bool IsRunning => settings.Role == Role.Gateway ? started : web.Services.GetRequiredService<LocalSilo>().Grains is not null;

    private async Task OpenAsync()
    {
        var loggers = web.Services.GetRequiredService<ILoggerFactory>();
        var stopping = web.Lifetime.ApplicationStopping;
        var logger = loggers.CreateLogger<ServerHost>();
        LogConnections(logger, settings.Edge.Descriptors, settings.Edge.ConnectionsPerAddress);
        if (settings.IsOpenToTheNetwork) LogOpen(logger, settings.Place.ListeningAddress);
        bareErrors = BareErrors.Watch(web.Services.GetRequiredService<DiagnosticListener>());
        foundation = await Foundation.OpenAsync(settings, loggers, stopping);
        var boundary = new ErrorBoundary(requestIds, loggers.CreateLogger<ErrorBoundary>());
        web.Use(next => http => boundary.InvokeAsync(http, next));
        if (settings.Role != Role.Gateway)
        {
            var (silo, runtime) = (web.Services.GetRequiredService<LocalSilo>(), web.Services.GetRequiredService<SiloRuntime>());
            webhooks = new WebhookPart(foundation, silo, runtime, settings, loggers, stopping);
            invoices = new ListPart(foundation, silo, runtime, loggers, stopping);
            usage = new UsagePart(foundation, silo, settings, loggers, stopping);
        }

        if (settings.Role == Role.Silo)
        {
            web.MapSiloHealth(foundation.Storage.Journal, readiness);
            web.MapDashboard(new Authenticator(foundation.Storage.ApiKeys, settings.AdminKeyHash, Machine.Time));
            if (settings.Metrics == MetricsPageKind.Prometheus) web.MapMetricsPage(keys: null);
            return;
        }

        link = settings.Role == Role.All
            ? web.Services.GetRequiredService<LocalSilo>()
            : new ClusterConnection(settings.Place, foundation.Stores.Due.GroupCount, Machine.Time, loggers);
        gateway = await GatewayPart.OpenAsync(foundation, link, settings, loggers, web.Lifetime, readiness);
        web.MapDashboard(gateway.Keys);
        web.MapConsole();

        // The pages of the console know who is signed in by a cookie. The API does not, and shall not pay for it.
        var pipeline = (IApplicationBuilder)web;
        pipeline.Properties["__AuthenticationMiddlewareSet"] = pipeline.Properties["__AuthorizationMiddlewareSet"] = true;
        web.MapApi(gateway.Ports);
        if (settings.Metrics == MetricsPageKind.Prometheus) web.MapMetricsPage(gateway.Keys);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Using {Limit} for connections, at most {PerAddress} per address.")]
    private static partial void LogConnections(ILogger logger, DescriptorLimit limit, int perAddress);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "TLS is off. Any process that can reach the ports for silos and gateways on {Address} can join the cluster and change " +
            "every subscription. Set Billing__Tls__Certificate, Billing__Tls__Key and Billing__Tls__Authority.")]
    private static partial void LogOpen(ILogger logger, IPAddress address);

    /// <summary>A gateway serves at once, and warms up when it has reached a silo: until then it is not ready anyway.</summary>
    private Task WarmUpAsync()
    {
        var loggers = web.Services.GetRequiredService<ILoggerFactory>();
        var warmUp = new WarmUp(settings, foundation!, readiness, loggers.CreateLogger<WarmUp>());
        var stopping = web.Lifetime.ApplicationStopping;
        if (settings.Role != Role.Gateway) return warmUp.RunAsync(gateway?.Runtime, gateway is null ? [] : web.Urls, stopping);
        warming = WhenConnectedAsync();
        return Task.CompletedTask;

        async Task WhenConnectedAsync()
        {
            await Gateway.Runtime.WhenConnectedAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await warmUp.RunAsync(Gateway.Runtime, web.Urls, stopping);
        }
    }

    private ClusterCertificate? OpenCertificate(TlsFiles? files)
    {
        try
        {
            return files is null
                ? null
                : new ClusterCertificate(files, Machine.Time, () => web!.Services.GetRequiredService<ILoggerFactory>());
        }
        catch (TlsFileException e)
        {
            throw new StartupException($"TLS of the cluster: {e.Message}", e);
        }
    }

    private void AddWeb(WebApplicationBuilder builder)
    {
        var isSilo = settings.Role == Role.Silo;
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls(isSilo ? SiloUrlDefault : UrlDefault);
        KestrelLimits.AddTo(builder.Services, settings.Edge);
        builder.WebHost.ConfigureKestrel(kestrel => KestrelLimits.Apply(kestrel, settings.Edge, requestIds));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Logging.AddConsoleLogging(
            builder.Configuration, EnumNames<Role>.NameOf(settings.Role), ProgramVersion.Text, Machine.Time);

        // The startup error is printed once, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // It warns that keys are stored in the open, because it does not know that the key ring encrypts them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddApiDescription();
        if (!isSilo) builder.Services.AddConsole(settings.Console, () => web.Urls, () => foundation!.Secrets.Ring);
        builder.Services.AddTelemetryExport(
            builder.Configuration, ServiceNameOf(settings.Role), settings.Metrics != MetricsPageKind.None, "Microsoft.Orleans");
        if (settings.Metrics == MetricsPageKind.Prometheus) builder.Services.AddMetricsPage();

        // Requests are named after their routes, never after their paths.
        if (TelemetryExport.IsOn(builder.Configuration))
            builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddAspNetCoreInstrumentation());
    }

    private static string ServiceNameOf(Role role) => role switch
    {
        Role.Silo => "orleans-billing-silo",
        Role.Gateway => "orleans-billing-gateway",
        _ => "orleans-billing",
    };
}
