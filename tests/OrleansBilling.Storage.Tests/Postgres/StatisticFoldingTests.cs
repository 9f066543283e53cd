using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Folding of offer counters. Each subscription counts on its own day, some before the first day that is read.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StatisticFoldingTests(PostgresFixture postgres) : FoldingTests(postgres, "statistic_delta", "statistic_day")
{
    protected override string DeltaRow => "100, 'offer-1', 3, -1, 1";

    protected override JournalCommit CommitOf(int number, params (string Sum, long Value)[] parts) =>
        Commit($"sub-{number}", deltas: [.. parts.Select(part => Delta(part.Value, part.Sum, day: 90 + number))]);

    protected override Task<int> FoldAsync(PostgresStorage storage) => storage.FoldStatisticsAsync(CancellationToken.None);

    protected override async Task<IReadOnlyList<(string Sum, long Value)>> ReadAsync(PostgresStorage storage) =>
        [.. (await storage.Statistics.ReadAsync(new StatisticsFilter(), 96, 1_000, StatisticsGrouping.Offer, CancellationToken.None))
            .Select(row => (row.Group, (long)row.Value))];
}
