using NodaTime;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>
/// Holds all that is stored against the laws, when nothing is under way any more. For each subscription see
/// <see cref="LifeAudit"/>; then the provider's book equals the invoices, counters equal a recount, postings sum to zero and
/// balances to the postings, and nothing that was due is left.
/// </summary>
public static class JournalAudit
{
    private const int PageRows = 1_000;

    /// <param name="stores">What is audited.</param>
    /// <param name="now">Whatever was due by then must have been done.</param>
    /// <param name="book">What the provider collected, by the permanent key of the charge; null where nobody kept a book.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="AuditException">A law is broken; the message names all.</exception>
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
                "What invoices say was collected is what the provider's book says");
        laws.RequireSame(
            recount.Counters, await ReadCountersAsync(stores.Statistics, recount.FirstDay, cancellationToken),
            "Counters are what the events add up to");
        laws.RequireSame(
            recount.Balances, await ReadBalancesAsync(stores.Balances, cancellationToken), "Balances are what the postings add up to");
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
                laws.Require(false, $"{left.Stored.SubscriptionId} was due at {left.DueAt} and is left.");
        }
    }
}
