using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Stores the progress of all endpoints of this process, as much at once as came while it stored the last: a transaction for each
/// delivery would cost the database more than the commits that they tell of.
/// </summary>
internal sealed partial class ProgressWriter : IAsyncDisposable
{
    /// <summary>Deliveries in one transaction, besides those of the last endpoint.</summary>
    private const int DeliveriesMax = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly IWebhookStore store;
    private readonly TimeProvider time;
    private readonly ILogger<ProgressWriter> logger;
    private readonly Task running;

    public ProgressWriter(IWebhookStore store, TimeProvider time, ILogger<ProgressWriter> logger)
    {
        (this.store, this.time, this.logger) = (store, time, logger);
        running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Stores progress, and tries again until the database answers. An endpoint has at most one call at a time. False if another
    /// process has taken the endpoint, or this one stops.
    /// </summary>
    public Task<bool> SaveAsync(WebhookProgress progress)
    {
        var waiting = new Waiting(progress);
        if (!queue.Writer.TryWrite(waiting)) waiting.Kept.TrySetResult(false);
        return waiting.Kept.Task;
    }

    /// <summary>From now on, tries once: a process that stops does not wait for a database that does not answer.</summary>
    public Task StopRetryingAsync() => stopping.CancelAsync();

    /// <summary>Stores what was asked for, if the database answers, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        var endpoints = new HashSet<string>(StringComparer.Ordinal);
        while (await queue.Reader.WaitToReadAsync())
        {
            // An endpoint is in a batch once. It may wait twice: for its last term, and for the next one.
            var deliveries = 0;
            while (deliveries < DeliveriesMax && queue.Reader.TryPeek(out var next) && endpoints.Add(next.Progress.EndpointId))
            {
                queue.Reader.TryRead(out _);
                batch.Add(next);
                deliveries += 1 + next.Progress.Deliveries.Count;
            }

            var lost = await StoreAsync([.. batch.Select(one => one.Progress)]);
            foreach (var one in batch) one.Kept.TrySetResult(lost is not null && !lost.Contains(one.Progress.EndpointId));
            batch.Clear();
            endpoints.Clear();
        }
    }

    private async Task<IReadOnlySet<string>?> StoreAsync(WebhookProgress[] progress)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return await store.SaveAsync(progress, CancellationToken.None);
            }
            catch (JournalUnavailableException e)
            {
                if (!told) LogUnavailable(e.Message);
            }
            catch (Exception e)
            {
                LogFailed(e);
                return null;
            }

            if (stopping.IsCancellationRequested) return null;
            await Task.Delay(Pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed record Waiting(WebhookProgress Progress)
    {
        public TaskCompletionSource<bool> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was delivered to endpoints is not stored yet: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was delivered to endpoints cannot be stored; they are taken again.")]
    private partial void LogFailed(Exception exception);
}
