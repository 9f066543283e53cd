using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteFileTests
{
    [Fact]
    public async Task A_file_that_is_opened_again_shows_all()
    {
        await using var database = new SqliteTestDatabase();
        await using (var storage = await database.OpenAsync())
        {
            await Catalogs.AddMarketAsync(storage);
            Assert.Equal(CommitOutcome.Committed, await storage.Journal.CommitAsync(Commit("sub-1", events: 2, dueAt: Now, deltas: [Delta(5)]), CancellationToken.None));
            await storage.Settings.WriteAsync("clock", "now", CancellationToken.None);
        }

        await using var again = await database.OpenAsync();
        Assert.Equal(2, (await again.Journal.LoadAsync("sub-1", CancellationToken.None))!.Version);
        Assert.Equal(2, (await again.Journal.ReadEventsAsync("sub-1", 0, 10, CancellationToken.None)).Count);
        Assert.Equal(Now, await again.Journal.ReadNextDueAsync(CancellationToken.None));
        Assert.Equal(5, Assert.Single(await again.Statistics.ReadAsync(new StatisticsFilter(), 0, 1_000, StatisticsGrouping.None, CancellationToken.None)).Value);
        Assert.Equal(EveryProperty.Of(Catalogs.Product()), EveryProperty.Of(await again.Catalog.FindProductAsync("product-1", CancellationToken.None)));
        Assert.Equal("now", await again.Settings.ReadAsync("clock", CancellationToken.None));
    }

    [Fact]
    public async Task A_second_opener_is_refused_until_the_first_has_closed()
    {
        await using var database = new SqliteTestDatabase();
        var first = await database.OpenAsync();

        var refused = await Assert.ThrowsAsync<IOException>(() => database.OpenAsync());

        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await using var second = await database.OpenAsync();
        Assert.True(await second.Journal.IsAvailableAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        await using var database = new SqliteTestDatabase();
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
        var text = new string('x', 10_000);
        await File.WriteAllTextAsync(database.Path, text);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => database.OpenAsync());

        Assert.Equal(text, await File.ReadAllTextAsync(database.Path));
    }
}
