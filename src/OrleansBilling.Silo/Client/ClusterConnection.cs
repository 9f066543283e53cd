using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Schema;

namespace OrleansBilling.Silo.Client;

/// <summary>
/// A gateway's connections to the silos, found through the database. It retries until it reaches a silo. After that, Orleans
/// itself follows changes and reconnects if all silos were lost.
/// </summary>
internal sealed partial class ClusterConnection : IClusterLink, IClientConnectionRetryFilter
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly IHost host;
    private readonly string connectionString;
    private readonly int dueGroups;
    private readonly TimeProvider time;
    private readonly LostSilos lost = new();
    private readonly ClusterWatch watch;
    private readonly ILogger<ClusterConnection> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task connecting = Task.CompletedTask;
    private volatile IClusterClient? client;
    private string? told;

    /// <param name="place">The cluster. The addresses are not used: nobody calls a gateway.</param>
    /// <param name="dueGroups">The groups of due work. Their pumps are asked for the members.</param>
    public ClusterConnection(SiloPlace place, int dueGroups, TimeProvider time, ILoggerFactory loggers)
    {
        connectionString = place.ConnectionString ?? throw new ArgumentException("Silos are found in PostgreSQL.", nameof(place));
        this.dueGroups = dueGroups;
        this.time = time;
        logger = loggers.CreateLogger<ClusterConnection>();
        watch = new ClusterWatch(lost, time, loggers.CreateLogger<ClusterWatch>());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(new SharedLogging(loggers));
        ClusterLogging.Quieten(builder.Logging);
        builder.Services.AddSingleton<IClientConnectionRetryFilter>(this);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.UseOrleansClient(orleans => orleans.Apply(connectionString, place.ClusterId, place.Certificate));
        host = builder.Build();
    }

    /// <summary>Access to grains; null until the first silo is reached.</summary>
    public IGrainFactory? Grains => client;

    public bool IsReachable => client is not null && watch.IsReachable;

    public CancellationToken NextLoss => lost.Next;

    public bool IsHere(GrainId grain) => false;

    /// <summary>Completes when a silo is reached for the first time.</summary>
    public Task WhenConnectedAsync(CancellationToken cancellationToken) => connected.Task.WaitAsync(cancellationToken);

    /// <summary>Starts to look for silos and returns immediately.</summary>
    public void Start() => connecting = Task.Run(ConnectAsync);

    /// <summary>Called by Orleans when it found no silo: waits, then has it try again.</summary>
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
        lost.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await host.StartAsync(stopping.Token);
            client = host.Services.GetRequiredService<IClusterClient>();
            connected.SetResult();
            LogConnected();
            await watch.RunAsync(client, dueGroups, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown, perhaps before a silo was reached.
        }
        catch (Exception e)
        {
            // Nobody awaits this task. Without a cluster, every command is answered as unavailable.
            LogFailed(e);
        }
    }

    /// <summary>Logs why there is no connection, once per reason.</summary>
    private void Tell(string reason)
    {
        if (reason == told) return;
        told = reason;
        LogNotConnected(reason);
    }

    /// <summary>Ignores process signals: the owner stops the client.</summary>
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The cluster's client could not start, or lost its watch.")]
    private partial void LogFailed(Exception exception);
}
