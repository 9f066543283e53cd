using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Removes remembered requests whose day is over: once a minute, in bounded steps, so that it never holds the database for long. What
/// is left waits for the next minute.
/// </summary>
internal sealed partial class RequestSweep(IRequestMemory memory, TimeProvider time, ILogger<RequestSweep> logger) : IAsyncDisposable
{
    public const int RowsAtOnce = 1_000;
    public const int StepsMax = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public void Start() => running = RunAsync();

    /// <summary>Removes up to <see cref="RowsAtOnce"/> times <see cref="StepsMax"/> requests.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var step = 0; step < StepsMax; step++)
            {
                var removed = await memory.RemoveForgottenAsync(
                    Instant.FromDateTimeOffset(time.GetUtcNow()), RowsAtOnce, cancellationToken);
                if (removed < RowsAtOnce) return;
            }
        }
        catch (JournalUnavailableException e)
        {
            LogNotRemoved(e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stopping.Token)) await SweepAsync(stopping.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Remembered requests whose day is over could not be removed yet. {Reason}")]
    private partial void LogNotRemoved(string reason);
}
