using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteReadersTests
{
    [Fact]
    public async Task A_read_beyond_the_bounded_number_of_waiting_ones_is_refused_at_once()
    {
        using var entered = new ManualResetEventSlim();
        using var released = new ManualResetEventSlim();
        var options = new SqliteStorageOptions { Path = "unused", ReadersMax = 1, ReadQueueMax = 1 };
        await using var readers = new SqliteReaders(OpenSlowly, options);

        var reads = Task.Run(async () => await ReadAsync(readers));
        entered.Wait();
        var waits = ReadAsync(readers);
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await ReadAsync(readers));

        released.Set();
        Assert.Equal([1], await reads);
        Assert.Equal([1], await waits);

        SqliteConnection OpenSlowly()
        {
            entered.Set();
            released.Wait();
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return connection;
        }
    }

    private static ValueTask<List<int>> ReadAsync(SqliteReaders readers) =>
        readers.ReadAsync("select 1", [], static reader => reader.GetInt32(0), CancellationToken.None);
}
