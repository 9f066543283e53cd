using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Sqlite;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Sqlite;

/// <summary>Issue 8, 2.8 and 2.10: a full disk, and damaged pages.</summary>
public sealed class SqliteDiskTests
{
    [SmallDiskFact]
    public async Task Readiness_ends_when_the_disk_is_full_and_comes_back_with_room()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        await using var storage = await OpenAsync(Path.Combine(disk.Folder, "billing.db"));
        await FullDisk.ReadinessFollowsCommitsAsync(storage, disk);
    }

    [SmallDiskFact]
    public async Task With_no_commit_lately_a_heartbeat_tells_that_the_disk_is_full()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        await using var storage = await OpenAsync(Path.Combine(disk.Folder, "billing.db"));
        disk.Fill();
        Assert.False(await storage.Journal.IsAvailableAsync(CancellationToken.None));
        disk.Free();
        await Eventually.HoldsAsync(async () => await storage.Journal.IsAvailableAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Damaged_pages_are_found_at_the_start_if_it_is_asked_for()
    {
        await using var database = new SqliteTestDatabase();
        await using (var storage = await OpenAsync(database.Path))
        {
            for (var number = 0; number < 200; number++)
                Assert.Equal(
                    CommitOutcome.Committed,
                    await storage.Journal.CommitAsync(Commit($"sub-{number}", state: new string('x', 2_000)), CancellationToken.None));
        }

        await using (await OpenAsync(database.Path, checksPages: true)) { }
        await database.ExecuteAsync("pragma wal_checkpoint(truncate)");
        await DamageAsync(database);

        // Without the check, the damage goes unnoticed until the page is read.
        await using (await OpenAsync(database.Path)) { }
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(database.Path, checksPages: true));
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Overwrites the root page of the event table.</summary>
    private static async Task DamageAsync(SqliteTestDatabase database)
    {
        var page = await database.QueryAsync<long>("select rootpage from sqlite_schema where name = 'event'");
        await using var file = new FileStream(database.Path, FileMode.Open, FileAccess.Write);
        file.Position = ((page - 1) * 4_096) + 8;
        file.Write(Enumerable.Repeat((byte)0xA5, 64).ToArray());
    }

    private static Task<SqliteStorage> OpenAsync(string path, bool checksPages = false) =>
        SqliteStorage.OpenAsync(
            new SqliteStorageOptions { Path = path, ChecksPages = checksPages }, NullLoggerFactory.Instance, CancellationToken.None);
}
