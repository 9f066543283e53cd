using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>
/// Checks all stored data against the laws after all work is done. <see cref="LifeAudit"/> checks each subscription. Then the
/// provider's book must equal the invoices, counters must equal a recount, postings must sum to zero, balances must equal the
/// postings, and no due work may be left.
/// </summary>
public static class JournalAudit
{
    private const int PageRows = 1_000;

    /// <param name="stores">The stores to audit.</param>
    /// <param name="now">Everything due by then must be done.</param>
    /// <param name="book">What the provider collected, by the permanent key of the charge; null when there is no book.</param>
    /// <param name="cancellationToken">Stops the audit.</param>
    /// <exception cref="AuditException">Laws are broken; the message names them.</exception>
    public static async Task<AuditReport> RunAsync(
        AuditedStores stores, Instant now, IReadOnlyDictionary<string, long>? book, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stores);
        var laws = new BrokenLaws();
        var recount = new Recount(laws);
        var reader = new SubscriptionReader(stores.Journal, new CatalogCache(stores.Catalog, TimeProvider.System));
        var lives = new LifeAudit(stores.Journal, reader, recount, laws);
        var audited = new Dictionary<string, AuditedLife>(StringComparer.Ordinal);
        string? after = null;
        while (await stores.Directory.ListAsync(new DirectoryFilter(), after, PageRows, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var stored in page) audited.Add(stored.SubscriptionId, await lives.RunAsync(stored, cancellationToken));
            after = page[^1].SubscriptionId;
        }

        if (book is not null)
            laws.RequireSame(
                book.ToDictionary(charge => charge.Key, charge => (Int128)charge.Value), lives.Collected,
                "The amounts collected by invoices equal the provider's book");
        laws.RequireSame(
            recount.Counters, await ReadCountersAsync(stores.Statistics, recount.FirstDay, cancellationToken),
            "Counters equal the sums of the events");
        laws.RequireSame(
            recount.Balances, await ReadBalancesAsync(stores.Balances, cancellationToken), "Balances equal the sums of the postings");
        await RequireNothingDueAsync(stores.Due, now, laws, cancellationToken);
        laws.ThrowIfAny();
        return new AuditReport(audited, laws.Checked);
    }

    private static async Task<Dictionary<CounterKey, Int128>> ReadCountersAsync(
        IStatisticsStore statistics, int firstDay, CancellationToken cancellationToken)
    {
        var rows = await statistics.ReadAsync(new StatisticsFilter(), firstDay, int.MaxValue, StatisticsGrouping.Offer, cancellationToken);
        var names = await statistics.FindNamesAsync(
            [.. rows.Where(row => StatisticDelta.IsNamed(row.Metric)).Select(row => row.Slice!.Value).Distinct()], cancellationToken);
        return rows.ToDictionary(
            row => StatisticDelta.IsNamed(row.Metric)
                ? new CounterKey(row.Day, row.Currency, row.Group, row.Metric, null, names[row.Slice!.Value])
                : new CounterKey(row.Day, row.Currency, row.Group, row.Metric, row.Slice, null),
            row => row.Value);
    }

    private static async Task<Dictionary<BalanceKey, Int128>> ReadBalancesAsync(
        IBalanceStore balances, CancellationToken cancellationToken)
    {
        var read = new Dictionary<BalanceKey, Int128>();
        BalanceKey? after = null;
        while (await balances.ReadAsync(null, null, after, PageRows, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page) read.Add(row.Key, row.Amount);
            after = page[^1].Key;
        }

        return read;
    }

    private static async Task RequireNothingDueAsync(IDueQueue due, Instant now, BrokenLaws laws, CancellationToken cancellationToken)
    {
        for (var group = 0; group < due.GroupCount; group++)
        {
            foreach (var left in await due.ReadDueAsync(group, now, null, PageRows, cancellationToken))
                laws.Require(false, $"{left.Stored.SubscriptionId} was due at {left.DueAt} but was not done.");
        }
    }
}
