using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Schema;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's connections to the silos. They are found through the database, looked for again and again until there are
/// any, and found anew by Orleans itself when they change or were all lost.
/// </summary>
internal sealed partial class ClusterConnection : IClusterLink, IClientConnectionRetryFilter
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly IHost host;
    private readonly string connectionString;
    private readonly TimeProvider time;
    private readonly ILogger<ClusterConnection> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task connecting = Task.CompletedTask;
    private volatile IClusterClient? client;
    private string? told;

    public ClusterConnection(string connectionString, string clusterId, TimeProvider time, ILoggerFactory loggers)
    {
        this.connectionString = connectionString;
        this.time = time;
        logger = loggers.CreateLogger<ClusterConnection>();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(new SharedLogging(loggers));
        ClusterLogging.Quieten(builder.Logging);
        builder.Services.AddSingleton<IClientConnectionRetryFilter>(this);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.UseOrleansClient(orleans => orleans.Apply(connectionString, clusterId));
        host = builder.Build();
    }

    /// <summary>The way to grains; null as long as no silo was ever reached.</summary>
    public IGrainFactory? Grains => client;

    /// <summary>Completes when a silo was reached for the first time.</summary>
    public Task WhenConnectedAsync(CancellationToken cancellationToken) => connected.Task.WaitAsync(cancellationToken);

    /// <summary>Begins to look for silos; returns at once.</summary>
    public void Start() => connecting = Task.Run(ConnectAsync);

    /// <summary>Orleans asks whether to look again for silos that it did not find.</summary>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Tell(exception.Message);
        await Task.Delay(RetryPause, time, cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await connecting;
        if (client is not null) await host.StopAsync(CancellationToken.None);
        client = null;
        host.Dispose();
        ClusterDatabase.Close(connectionString);
        stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await host.StartAsync(stopping.Token);
            client = host.Services.GetRequiredService<IClusterClient>();
            connected.SetResult();
            LogConnected();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before any silo was reached.
        }
        catch (Exception e)
        {
            // Nobody waits for this task; without a cluster every command is told that there is none.
            LogFailed(e);
        }
    }

    /// <summary>Says why there is no connection, once for each reason.</summary>
    private void Tell(string reason)
    {
        if (reason == told) return;
        told = reason;
        LogNotConnected(reason);
    }

    /// <summary>Signals are the process's business: the client ends when it is told to.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Writes to the log of the process.</summary>
    private sealed class SharedLogging(ILoggerFactory loggers) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void Dispose()
        {
            // The process's log outlives this client.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the cluster.")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo of the cluster can be reached yet: {Reason}")]
    private partial void LogNotConnected(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The cluster's client could not start.")]
    private partial void LogFailed(Exception exception);
}
