using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.History;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>The histories of <c>history</c> are real, and its verdict follows from its figures.</summary>
public sealed class HistoryTests
{
    private const int Usage = 2_500;

    [Fact]
    public async Task Commits_written_together_leave_what_they_would_have_left_one_by_one()
    {
        using var directory = new TemporaryDirectory();
        await using var storage = await SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = Path.Combine(directory.Path, "billing.db") }, NullLoggerFactory.Instance,
            CancellationToken.None);
        await new HistorySeed(storage, Usage).FillAsync(static _ => { }, CancellationToken.None);

        var reader = new SubscriptionReader(storage.Journal, new CatalogCache(storage.Catalog, TimeProvider.System));
        var history = await reader.ReadHistoryAsync(HistorySeed.Many, CancellationToken.None);
        var state = (await reader.FindAsync(HistorySeed.Many, CancellationToken.None))!.State;

        Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n), history.Select(recorded => recorded.Sequence));
        Assert.Equal(Usage, history.Count(recorded => recorded.Event is SubscriptionEvent.UsageRecorded));
        Assert.Equal(["calls 1875", "users 625"], state.Usage.Select(reading => $"{reading.Meter} {reading.Units}"));
        Assert.Equal(history.Count, state.Version);
        foreach (var version in (long[])[127, 128, 2_047, 2_048, 2_200])
        {
            var checkpoint = await storage.Journal.FindCheckpointAsync(
                HistorySeed.Many, new HistoryPoint.AtVersion(version), CancellationToken.None);
            Assert.Equal(version / 128 * 128, checkpoint?.Sequence ?? 0);
            Assert.Equal(version, (await reader.FindAtVersionAsync(HistorySeed.Many, version, CancellationToken.None))!.State.Version);
        }
    }

    [Theory]
    [InlineData(30, 300, true)]
    [InlineData(31, 300, false)]
    [InlineData(30, 301, false)]
    public void An_operation_may_cost_three_times_as_much_in_time_and_in_bytes(double milliseconds, long bytes, bool holds)
    {
        var figures = new HistoryFigures();
        figures.Add("cheap", new HistorySample(10, 100, 0), new HistorySample(10, 100, 0));
        foreach (var outlier in (double[])[1, 1, 1_000])
            figures.Add("dear", new HistorySample(10, 100, 0), new HistorySample(milliseconds * outlier, bytes, 0));

        Assert.Equal(holds, figures.Hold(3));
    }
}
