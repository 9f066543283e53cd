namespace OrleansBilling.Storage.Usage;

/// <summary>Moves usage that an older release stored among the other events. One implementation per kind of database.</summary>
internal interface IUsageRows
{
    /// <summary>The first subscription after an id that ever recorded usage, or null.</summary>
    ValueTask<string?> FindNextAsync(string after, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a slice of a subscription's usage after a sequence number, in one transaction. Returns the last sequence number moved, or
    /// null when nothing is left.
    /// </summary>
    ValueTask<long?> MoveAsync(string subscriptionId, long after, int rowsMax, CancellationToken cancellationToken);
}
