using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Documents that wait for numbers, in memory. It fails as many times as a test asks for.</summary>
internal sealed class WaitingDocuments : IDocumentNumbers
{
    private readonly Lock gate = new();
    private TaskCompletionSource numbered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int failures;

    public int Waiting { get; private set; }

    public List<int> Batches { get; } = [];

    /// <summary>Adds waiting documents; completes when they are numbered.</summary>
    public Task AddAsync(int documents)
    {
        lock (gate)
        {
            Waiting += documents;
            numbered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return numbered.Task;
        }
    }

    public void FailTimes(int times)
    {
        lock (gate) failures = times;
    }

    public ValueTask<int> AssignAsync(int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (failures > 0)
            {
                failures--;
                throw new JournalUnavailableException("The database is away.");
            }

            var batch = Math.Min(limit, Waiting);
            Waiting -= batch;
            if (batch > 0) Batches.Add(batch);
            if (Waiting == 0) numbered.TrySetResult();
            return new(batch);
        }
    }

    public ValueTask<IReadOnlyDictionary<IssuedDocument, long>> FindAsync(string subscriptionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Only numbering is tested here.");

    public ValueTask<IReadOnlyList<long?>> FindAsync(
        IReadOnlyList<(string SubscriptionId, DocumentKind Kind, int Ordinal)> documents, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Only numbering is tested here.");
}
