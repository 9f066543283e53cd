using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>Compares the counters of a database with a recount of all its events.</summary>
internal static class StatisticsRecount
{
    /// <summary>Recounts, compares, and returns the number of non-zero counters.</summary>
    public static async Task<int> CheckAsync(string connectionString, IEnumerable<string> ids)
    {
        var options = new PostgresStorageOptions { ConnectionString = connectionString };
        await using var storage = await PostgresStorage.OpenAsync(
            options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var reader = new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System));
        var recounted = new Dictionary<string, Int128>();
        foreach (var id in ids) await CountAsync(reader, id, recounted);

        var rows = await storage.Statistics.ReadAsync(
            new StatisticsFilter(), 1, int.MaxValue, StatisticsGrouping.None, CancellationToken.None);
        var stored = rows.ToDictionary(row => $"{row.Day} {row.Metric} {row.Slice}", row => row.Value);
        Assert.Equal(NotZero(recounted), NotZero(stored));
        return NotZero(recounted).Count();
    }

    private static async Task CountAsync(SubscriptionReader reader, string id, Dictionary<string, Int128> sums)
    {
        Subscription? state = null;
        var deltas = new List<StatisticDelta>();
        foreach (var recorded in await reader.ReadHistoryAsync(id, CancellationToken.None))
        {
            var next = SubscriptionEvolution.Evolve(state, recorded.Event);
            var terms = await reader.TermsOfAsync(next, CancellationToken.None);
            StatisticRules.Collect(state, recorded.Event, next, terms, terms, deltas);
            state = next;
        }

        foreach (var delta in deltas)
        {
            var counter = $"{delta.Day} {delta.Metric} {delta.Slice}";
            sums[counter] = sums.GetValueOrDefault(counter) + delta.Value;
        }
    }

    private static IOrderedEnumerable<KeyValuePair<string, Int128>> NotZero(Dictionary<string, Int128> sums) =>
        sums.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal);
}
