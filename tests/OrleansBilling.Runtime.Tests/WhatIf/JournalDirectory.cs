using OrleansBilling.Runtime.Journal;
using OrleansBilling.Simulation.Seeded;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Lists the subscriptions of a simulated journal.</summary>
internal sealed class JournalDirectory(SimulatedJournal journal) : ISubscriptionDirectory
{
    /// <summary>Runs before a page is read; the argument is the page's number, from 1.</summary>
    public Func<int, CancellationToken, Task>? OnPage { get; set; }

    public int Pages { get; private set; }

    public int LargestPage { get; private set; }

    public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
        DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        Pages++;
        if (OnPage is not null) await OnPage(Pages, cancellationToken);
        var ids = journal.Ids.Where(
            id => Matches(filter, journal.Directory(id)) && (afterId is null || string.CompareOrdinal(id, afterId) > 0)).Take(limit)
                .ToList();
        var page = new List<StoredSubscription>();
        foreach (var id in ids) page.Add((await journal.LoadAsync(id, cancellationToken))!);
        LargestPage = Math.Max(LargestPage, page.Count);
        return page;
    }

    private static bool Matches(DirectoryFilter filter, DirectoryEntry entry) =>
        (filter.SellerId is null || filter.SellerId == entry.SellerId) &&
            (filter.ProductId is null || filter.ProductId == entry.ProductId) &&
        (filter.PlanId is null || filter.PlanId == entry.PlanId) && (filter.OfferId is null || filter.OfferId == entry.OfferId);
}
