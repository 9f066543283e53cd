using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Background;

/// <summary>
/// A loop of work beside the commands. A round that fails is repeated. The first failure is logged, and the next ones until a round
/// succeeds are not.
/// </summary>
/// <param name="name">What it does, as the subject of a sentence.</param>
/// <param name="round">One round. Returns how long to wait before the next; null if there is nothing left to do.</param>
/// <param name="again">How long to wait after a failure.</param>
/// <param name="time">Operational time.</param>
public sealed partial class BackgroundWork(
    string name, Func<CancellationToken, Task<TimeSpan?>> round, TimeSpan again, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private bool failing;

    /// <param name="firstAfter">How long to wait before the first round.</param>
    public void Start(TimeSpan firstAfter = default) => loop = Task.Run(() => LoopAsync(firstAfter));

    /// <summary>Cancels the current round and ends the loop.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await loop;
    }

    public void Dispose() => stop.Dispose();

    private async Task LoopAsync(TimeSpan firstAfter)
    {
        await PauseAsync(firstAfter);
        while (!stop.IsCancellationRequested)
        {
            TimeSpan? wait = again;
            try
            {
                wait = await round(stop.Token);
                failing = false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                if (!failing) LogJournalUnavailable(name, e.Message);
                failing = true;
            }
            catch (Exception e)
            {
                if (!failing) LogFailed(e, name);
                failing = true;
            }

            if (wait is not { } pause) return;
            await PauseAsync(pause);
        }
    }

    private async Task PauseAsync(TimeSpan pause) => await Task.Delay(pause, time, stop.Token)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} waits because the journal is unavailable: {Reason}")]
    private partial void LogJournalUnavailable(string work, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and will be tried again.")]
    private partial void LogFailed(Exception exception, string work);
}
