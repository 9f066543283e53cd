using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Background;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Documents;

/// <summary>
/// Numbers invoices and credit notes in the background, off the charge path. It owns nothing durable: documents without
/// a number wait in the journal for the next round, in this process or another.
/// </summary>
public sealed class DocumentNumbering : IDisposable
{
    /// <summary>The longest a document waits for its number while the database answers and keeps up.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Documents numbered in one transaction.</summary>
    public const int BatchMax = 1_000;

    private readonly IDocumentNumbers documents;
    private readonly BackgroundWork work;
    private readonly SemaphoreSlim round = new(1);

    public DocumentNumbering(IDocumentNumbers documents, TimeProvider time, ILogger<DocumentNumbering> logger)
    {
        this.documents = documents;
        work = new BackgroundWork("Document numbering", RunAsync, Interval, time, logger);
    }

    public void Start() => work.Start();

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
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        round.Dispose();
        work.Dispose();
    }

    private async Task<TimeSpan?> RunAsync(CancellationToken stopping)
    {
        await DrainAsync(stopping);
        return Interval;
    }
}
