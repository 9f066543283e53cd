namespace OrleansBilling.Runtime.Journal;

/// <summary>Reads a long stretch of history at once, for audits. Code that serves a request reads pages instead.</summary>
public static class JournalReading
{
    private const int PageMax = 1_000;

    /// <summary>
    /// Up to <paramref name="limit"/> events with a sequence above
    /// <paramref name="afterSequence"/>, in order, whatever their size.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        this IJournal journal, string subscriptionId, long afterSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var events = new List<StoredEvent>();
        for (var after = afterSequence; ; after = events[^1].Sequence)
        {
            var page = await journal.ReadEventsAsync(
                subscriptionId, new EventRange(after, Math.Min(PageMax, limit - events.Count)), cancellationToken);
            events.AddRange(page.Events);
            if (!page.HasMore || events.Count == limit) return events;
        }
    }
}
