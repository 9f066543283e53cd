using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Invoices;

/// <summary>
/// Derives the whole list of invoices again, in batches, while commits go on. The store keeps how far it is, so any process can continue.
/// </summary>
public sealed class InvoiceReset(IInvoiceProjection store, BilledInvoiceReader reader)
{
    /// <summary>Subscriptions of one transaction.</summary>
    private const int BatchMax = 256;

    /// <summary>From now on the list is not shown. Steps then drop and fill it, batch by batch, in whichever process.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public ValueTask BeginAsync(CancellationToken cancellationToken) => store.BeginRebuildAsync(cancellationToken);

    /// <summary>Derives the next batch; false if there is nothing to rebuild.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (await store.FindRebuildAsync(cancellationToken) is not { } rebuild) return false;
        var next = await store.ReadNextAsync(rebuild, BatchMax, cancellationToken);
        var invoices = await reader.ReadAsync(next, cancellationToken);
        await store.WriteRebuiltAsync(rebuild, invoices, next.Count == 0 ? null : next[^1].SubscriptionId, cancellationToken);
        return true;
    }
}
