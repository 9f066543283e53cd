using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Storage.Tests.Recomputation;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>The audit that tests share: what is right passes, and each law that is broken is named.</summary>
public abstract class AuditConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    private AuditedStores Stores => new(
        Storage.Journal, Storage.Due, Storage.Directory, Storage.Catalog, Storage.Statistics, Storage.Balances);

    [StorageFact]
    public async Task What_lived_by_the_rules_passes_and_each_broken_law_is_named()
    {
        var market = new RandomMarket(Storage, seed: 11);
        var looks = 0;
        await market.LiveAsync(async () =>
        {
            if (++looks == 3) await LookAsync(market.Now);
        });
        Assert.True(looks > 3);
    }

    private async Task LookAsync(Instant now)
    {
        var lives = (await JournalAudit.RunAsync(Stores, now, book: null)).Lives;
        var book = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (id, life) in lives)
        {
            foreach (var invoice in life.Invoices)
            {
                foreach (var capture in invoice.Captures)
                    book.Add(PaymentKeys.Charge(id, invoice.Number, capture.Attempt), capture.Amount);
            }
        }

        Assert.True(book.Count > 50, $"Only {book.Count} charges were collected.");
        await JournalAudit.RunAsync(Stores, now, book);
        await BreaksAsync(Stores, now, book.Append(new("nobody:1:1", 5)).ToDictionary(), "nobody:1:1 should be 5, but is 0");
        await BreaksAsync(Stores, now + Duration.FromDays(400), book, "but was not done");
        await BreaksAsync(Stores with { Balances = new OneMore(Storage.Balances) }, now, book, "Balances equal the sums of the postings");
        await BreaksAsync(
            Stores with { Statistics = new OneLess(Storage.Statistics) }, now, book, "Counters equal the sums of the events");

        var victim = lives.Keys.First();
        await Database.ExecuteAsync($"update subscription set version = version + 1 where id = '{victim}'");
        await BreaksAsync(Stores, now, book, $"{victim} is stored with version");
        await Database.ExecuteAsync($"update subscription set version = version - 1 where id = '{victim}'");
        await JournalAudit.RunAsync(Stores, now, book);
    }

    private static async Task BreaksAsync(AuditedStores stores, Instant now, Dictionary<string, long> book, string law)
    {
        var broken = await Assert.ThrowsAsync<AuditException>(() => JournalAudit.RunAsync(stores, now, book));
        Assert.Contains(law, broken.Message, StringComparison.Ordinal);
    }

    private sealed class OneMore(IBalanceStore inner) : IBalanceStore
    {
        public async ValueTask<IReadOnlyList<BalanceRow>> ReadAsync(
            ImmutableArray<string> sellerIds, ImmutableArray<string> partyIds, BalanceKey? after, int limit,
            CancellationToken cancellationToken) =>
        [
            .. (await inner.ReadAsync(sellerIds, partyIds, after, limit, cancellationToken))
                .Select(row => row with { Amount = row.Amount + 1 }),
        ];
    }

    private sealed class OneLess(IStatisticsStore inner) : IStatisticsStore
    {
        public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
            StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
        {
            var rows = await inner.ReadAsync(filter, range, grouping, cancellationToken);
            return [.. rows.Except([rows.First(row => row.Value != 0)])];
        }

        public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
            IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) => inner.FindNamesAsync(numbers, cancellationToken);
    }
}
