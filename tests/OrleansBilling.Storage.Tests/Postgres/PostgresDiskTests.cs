using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Issue 8, 2.8: a full disk under the database's tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresDiskTests(PostgresFixture postgres)
{
    [SmallDiskFact(postgres: true)]
    public async Task Readiness_ends_when_the_disk_is_full_and_comes_back_with_room()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        var any = await postgres.CreateAsync();
        var location = Path.Combine(disk.Folder, "tables");
        System.IO.Directory.CreateDirectory(location);
        await PostgresServer.OwnAsync(location, CancellationToken.None);
        await any.ExecuteAsync($"create tablespace small location '{location}'");
        await any.ExecuteAsync("create database on_small_disk tablespace small");
        try
        {
            var database = new PostgresTestDatabase(
                any.ConnectionString.Replace("test_", "unused_", StringComparison.Ordinal) + ";Database=on_small_disk");
            await database.MigrateAsync();
            await using var storage = await PostgresTestDatabase.OpenAsync(database.Options);
            await FullDisk.ReadinessFollowsCommitsAsync(storage, disk);
        }
        finally
        {
            await any.ExecuteAsync("drop database on_small_disk with (force)");
            await any.ExecuteAsync("drop tablespace small");
        }
    }
}
