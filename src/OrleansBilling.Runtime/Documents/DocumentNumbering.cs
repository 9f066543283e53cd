using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Documents;

/// <summary>
/// Numbers invoices and credit notes in the background, off the charge path. It owns nothing durable: documents without
/// a number wait in the journal for the next round, in this process or another.
/// </summary>
public sealed partial class DocumentNumbering(
    IDocumentNumbers documents, TimeProvider time, ILogger<DocumentNumbering> logger) : IDisposable
{
    /// <summary>The longest a document waits for its number while the database answers and keeps up.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Documents numbered in one transaction.</summary>
    public const int BatchMax = 1_000;

    private readonly SemaphoreSlim round = new(1);
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;
    private bool failing;

    public void Start() => loop = Task.Run(LoopAsync);

    /// <summary>Numbers every waiting document.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await round.WaitAsync(cancellationToken);
        try
        {
            while (await documents.AssignAsync(BatchMax, cancellationToken) > 0) cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            round.Release();
        }
    }

    /// <summary>Ends the loop after the current round.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await loop;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        round.Dispose();
        stop.Dispose();
    }

    private async Task LoopAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stop.Token);
                failing = false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException e)
            {
                if (!failing) LogJournalUnavailable(e.Message);
                failing = true;
            }
            catch (Exception e)
            {
                if (!failing) LogFailed(e);
                failing = true;
            }

            await Task.Delay(Interval, time, stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Document numbering waits because the journal is unavailable: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Document numbering failed; the next round tries again.")]
    private partial void LogFailed(Exception exception);
}
