using NodaTime;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Removes remembered requests whose day is over: once a minute, in bounded steps, so that it never holds the database for long. What
/// is left waits for the next minute.
/// </summary>
internal sealed partial class RequestSweep : IAsyncDisposable
{
    public const int RowsAtOnce = 1_000;
    public const int StepsMax = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IRequestMemory memory;
    private readonly TimeProvider time;
    private readonly ILogger<RequestSweep> logger;
    private readonly BackgroundWork work;

    public RequestSweep(IRequestMemory memory, TimeProvider time, ILogger<RequestSweep> logger)
    {
        this.memory = memory;
        this.time = time;
        this.logger = logger;
        work = new BackgroundWork("The removal of remembered requests", RunAsync, Interval, time, logger);
    }

    public void Start() => work.Start(Interval);

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
        await work.StopAsync();
        work.Dispose();
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await SweepAsync(stopping);
        return Interval;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Remembered requests whose day is over could not be removed yet. {Reason}")]
    private partial void LogNotRemoved(string reason);
}
