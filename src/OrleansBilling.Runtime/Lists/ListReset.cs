using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Lists;

/// <summary>
/// Derives the lists again, in batches, while commits go on. The store keeps how far it is, so any process
/// can continue.
/// </summary>
public sealed class ListReset(IListProjection store, ListReader reader)
{
    /// <summary>Subscriptions of one transaction.</summary>
    private const int BatchMax = 256;

    /// <summary>From now on the lists are not shown. Steps then drop and fill them, batch by batch, in whichever process.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public ValueTask BeginAsync(CancellationToken cancellationToken) => store.BeginRebuildAsync(cancellationToken);

    /// <summary>Derives the next batch; false if there is nothing to rebuild.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (await store.FindRebuildAsync(cancellationToken) is not { } rebuild) return false;
        var next = await store.ReadNextAsync(rebuild, BatchMax, cancellationToken);
        var rows = await reader.ReadAsync(next, cancellationToken);
        await store.WriteRebuiltAsync(rebuild, rows, next, cancellationToken);
        return true;
    }
}
