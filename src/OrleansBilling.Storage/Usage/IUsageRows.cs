namespace OrleansBilling.Storage.Usage;

/// <summary>Usage that an older program wrote among the other events, as one kind of database moves it.</summary>
internal interface IUsageRows
{
    /// <summary>The first subscription behind an id that ever recorded usage; null when there is none.</summary>
    ValueTask<string?> FindNextAsync(string after, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a slice of a subscription's usage behind a sequence, in one transaction: the last sequence that was moved, or
    /// null when nothing is left.
    /// </summary>
    ValueTask<long?> MoveAsync(string subscriptionId, long after, int rowsMax, CancellationToken cancellationToken);
}
