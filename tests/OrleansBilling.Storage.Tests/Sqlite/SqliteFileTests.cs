using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteFileTests
{
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
