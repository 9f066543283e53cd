using System.Diagnostics;
using System.Net.Sockets;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.OpenApi;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>The gateway as a process: settings, engine, web server. Stopping takes no more requests, finishes those under way, then closes the engine.</summary>
internal sealed partial class GatewayHost : IAsyncDisposable
{
    private const string ServiceName = "orleans-billing-gateway";
    private const string UrlDefault = "http://127.0.0.1:5080";

    /// <summary>Pool threads for each processor, from the start; with only one, a short command would wait for long work.</summary>
    private const int ThreadsPerProcessor = 4;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    private readonly WebApplication web;
    private readonly BillingEngine engine;
    private readonly IDisposable bareErrors;

    private GatewayHost(WebApplication web, BillingEngine engine, IDisposable bareErrors)
    {
        this.bareErrors = bareErrors;
        this.web = web;
        this.engine = engine;
    }

    /// <summary>Where it listens.</summary>
    public IReadOnlyCollection<string> Addresses => [.. web.Urls];

    /// <summary>The administrator's secret, if this start made one; to be shown once.</summary>
    public string? NewAdminKey => engine.NewAdminKey;

    /// <summary>What the routes work with.</summary>
    public GatewayServices Services => engine.Services;

    /// <summary>Opens everything that the settings name; nothing is served yet.</summary>
    /// <exception cref="StartupException">For a reason that the operator can mend.</exception>
    public static async Task<GatewayHost> OpenAsync(string[] arguments)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsPerProcessor * Environment.ProcessorCount), completions);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        var settings = GatewaySettings.Read(builder.Configuration);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls(UrlDefault);
        builder.WebHost.ConfigureKestrel(options => KestrelLimits.Apply(options, settings.Edge));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Logging.AddConsoleLogging(builder.Configuration);
        builder.Services.AddApiDescription();
        builder.Services.AddTelemetryExport(builder.Configuration, ServiceName);

        // Why it could not start is said once, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        var web = builder.Build();
        try
        {
            var loggers = web.Services.GetRequiredService<ILoggerFactory>();
            var engine = await BillingEngine.OpenAsync(settings, loggers, web.Lifetime.ApplicationStopping);
            var boundary = new ErrorBoundary(loggers.CreateLogger<ErrorBoundary>());
            var logger = loggers.CreateLogger<GatewayHost>();
            LogConnections(logger, settings.Edge.Descriptors, settings.Edge.ConnectionsPerAddress);
            var bareErrors = BareErrors.Watch(web.Services.GetRequiredService<DiagnosticListener>());
            web.Use(next => http => boundary.InvokeAsync(http, next));
            web.MapApi(engine.Services);
            return new GatewayHost(web, engine, bareErrors);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Takes {Limit} for connections, {PerAddress} of one address at most.")]
    private static partial void LogConnections(ILogger logger, DescriptorLimit limit, int perAddress);

    /// <summary>Begins to serve.</summary>
    /// <exception cref="StartupException">It cannot listen where it should.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or SocketException or UnauthorizedAccessException)
        {
            throw new StartupException($"Cannot listen: {e.Message}", e);
        }
    }

    /// <summary>Completes when the process is told to stop, and has.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => web.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(CancellationToken.None);
        await engine.DisposeAsync();
        bareErrors.Dispose();
        await web.DisposeAsync();
    }
}
