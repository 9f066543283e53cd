using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>
/// One connection and the queue in front of it. A loop takes everything that queued up while the previous batch ran, so batch size
/// follows the load: a single item goes out at once, many go out together.
/// <para>
/// While the connection cannot be opened, the lane refuses all waiting and new items. It retries with a bounded back-off. The loop
/// ends only when the lane is completed and its queue is empty.
/// </para>
/// </summary>
internal abstract partial class Lane<TItem>(
    PostgresConnections connections, PostgresStorageOptions options, int queueMax, TimeProvider timeProvider,
    ILogger logger) : IAsyncDisposable
    where TItem : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private readonly Channel<TItem> queue = Channel.CreateBounded<TItem>(new BoundedChannelOptions(queueMax) { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private volatile bool refusing;
    private NpgsqlConnection? connection;
    private TermEnd? end;
    private Task running = Task.CompletedTask;

    /// <summary>The waiting items. Only the lane's own loop reads them.</summary>
    protected ChannelReader<TItem> Queue => queue.Reader;

    /// <summary>Whether items already taken from the queue wait for the next batch.</summary>
    protected virtual bool HasHeld => false;

    protected TimeProvider Time => timeProvider;

    /// <summary>The server of the present connection.</summary>
    protected HostConnections Server { get; private set; } = connections.Term.Server;

    /// <summary>When statements on the present connection must end, for example because another server is the primary.</summary>
    protected TermEnd End => end!;

    protected bool IsStopping => stopping.IsCancellationRequested;

    public void Start() => running = Task.Run(RunAsync);

    /// <summary>False when the queue is full, the database is known to be down, or the lane has ended.</summary>
    protected bool TryEnqueue(TItem item) => !refusing && queue.Writer.TryWrite(item);

    /// <summary>Prepares a new connection, for example its statement.</summary>
    protected abstract Task PrepareAsync(NpgsqlConnection opened, CancellationToken cancellationToken);

    /// <summary>Takes a batch from the queue and settles every item in it. Returns whether the connection is still usable.</summary>
    protected abstract Task<bool> ExecuteBatchAsync(NpgsqlConnection opened);

    /// <summary>Settles all waiting items as not done, because the database cannot be reached.</summary>
    protected abstract void RefuseWaiting(Exception cause);

    /// <summary>Refuses new items although there is a connection, or takes them again.</summary>
    protected void Refuse(bool refuse) => refusing = refuse;

    /// <summary>Leaves a connection on which a statement runs that must not be canceled. It ends with the process.</summary>
    protected void LeaveConnection() => connection = null;

    private async Task RunAsync()
    {
        var pause = FirstPause;
        while (true)
        {
            if (connection is null)
            {
                if (await TryConnectAsync() is { } failure)
                {
                    refusing = true;
                    RefuseWaiting(failure);
                    if (queue.Reader.Completion.IsCompleted) return;
                    await PauseAsync(pause);
                    pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, options.ReconnectPauseMax.Ticks));
                    continue;
                }

                if (refusing) LogReconnected();
                pause = FirstPause;
                refusing = false;
            }

            if (!HasHeld && !await queue.Reader.WaitToReadAsync(CancellationToken.None)) return;
            if (End.HasCome || !await ExecuteBatchAsync(connection!)) await CloseAsync();
        }
    }

    /// <summary>The failure, or null if the lane is connected.</summary>
    private async Task<Exception?> TryConnectAsync()
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, timeProvider);
        var term = connections.Term;
        var opened = term.Server.Dedicated.CreateConnection();
        end?.Dispose();
        end = new TermEnd(term, CancellationToken.None);
        Server = term.Server;
        try
        {
            await opened.OpenAsync(deadline.Token);
            await PrepareAsync(opened, deadline.Token);
            connection = opened;
            return null;
        }
        catch (Exception exception)
        {
            // Whatever the failure, the lane stays alive: it logs, refuses work and retries.
            await opened.DisposeAsync();
            if (!refusing) LogUnreachable(exception);
            return exception;
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, timeProvider, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop checks the queue once more and ends.
        }
    }

    private async Task CloseAsync()
    {
        if (connection is null) return;
        await connection.DisposeAsync();
        connection = null;
    }

    /// <summary>Refuses new items, settles the waiting ones, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
        await CloseAsync();
        end?.Dispose();
        stopping.Dispose();
    }

    private void LogUnreachable(Exception exception) => LaneLog.Unreachable(logger, exception, GetType().Name);

    private void LogReconnected() => LaneLog.Reconnected(logger, GetType().Name);
}

internal static partial class LaneLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Lane} cannot reach PostgreSQL; it refuses work and keeps retrying.")]
    public static partial void Unreachable(ILogger logger, Exception exception, string lane);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lane} reached PostgreSQL again.")]
    public static partial void Reconnected(ILogger logger, string lane);
}
