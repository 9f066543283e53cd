using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Looks up customers for answers, many in one query: lookups that arrive while a query runs are read together by the next one. A lookup
/// sees everything that was stored before it began.
/// </summary>
public sealed class CustomerReader(ICustomerStore customers)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskCompletionSource<CustomerProfile?>> waiting = new(StringComparer.Ordinal);
    private bool reading;

    /// <summary>The customer; null if it is not known.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<CustomerProfile?> FindAsync(string id, CancellationToken cancellationToken)
    {
        TaskCompletionSource<CustomerProfile?>? mine;
        bool isFirst;
        lock (gate)
        {
            if (!waiting.TryGetValue(id, out mine))
                waiting.Add(id, mine = new TaskCompletionSource<CustomerProfile?>(TaskCreationOptions.RunContinuationsAsynchronously));
            isFirst = !reading;
            reading = true;
        }

        if (isFirst) _ = ReadWaitingAsync();
        return await mine.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The customers that are known of these ids. An id may be named several times.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyDictionary<string, CustomerProfile>> FindAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, CustomerProfile>(StringComparer.Ordinal);
        foreach (var batch in ids.Distinct(StringComparer.Ordinal).Chunk(ICustomerStore.BatchMax))
        {
            foreach (var customer in await customers.FindAsync(batch, cancellationToken)) found.Add(customer.Id, customer);
        }

        return found;
    }

    /// <summary>Never throws: each caller gets what became of its own lookup.</summary>
    private async Task ReadWaitingAsync()
    {
        while (TakeWaiting() is { } batch)
        {
            try
            {
                var found = await FindAsync(batch.Keys, CancellationToken.None);
                foreach (var (id, asked) in batch) asked.SetResult(found.GetValueOrDefault(id));
            }
            catch (Exception e)
            {
                foreach (var asked in batch.Values) asked.TrySetException(e);
            }
        }
    }

    private Dictionary<string, TaskCompletionSource<CustomerProfile?>>? TakeWaiting()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                reading = false;
                return null;
            }

            var batch = new Dictionary<string, TaskCompletionSource<CustomerProfile?>>(waiting.Count, StringComparer.Ordinal);
            foreach (var (id, asked) in waiting)
            {
                batch.Add(id, asked);
                if (batch.Count == ICustomerStore.BatchMax) break;
            }

            foreach (var id in batch.Keys) waiting.Remove(id);
            return batch;
        }
    }
}
