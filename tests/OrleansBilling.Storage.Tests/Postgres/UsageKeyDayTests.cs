using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.Storage.Postgres.Schema;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Keys of usage that were stored without a day, or by older programs, are not old to a virtual clock.</summary>
[Collection(PostgresCollection.Name)]
public sealed class UsageKeyDayTests(PostgresFixture postgres)
{
    private const int BeforeVirtualDays = 53;

    /// <summary>Regression: they had the machine's day, so a clock that was years ahead forgot them all at once.</summary>
    [PostgresFact]
    public async Task Far_ahead_they_have_its_day()
    {
        var database = await UpgradedAsync("2063-04-05T12:00:00Z");

        Assert.Equal(2, await CountAsync(database, "day = date '2063-04-05' - date '1970-01-01'"));
    }

    [PostgresFact]
    public async Task On_a_clock_that_is_behind_or_real_they_keep_the_day_of_the_machine()
    {
        foreach (var clock in new[] { "2001-04-05T12:00:00Z", null })
        {
            var database = await UpgradedAsync(clock);

            Assert.Equal(2, await CountAsync(database, "day >= current_date - date '1970-01-02'"));
        }
    }

    private static Task<long> CountAsync(PostgresTestDatabase database, string condition) =>
        database.QueryAsync<long>($"select count(*) from usage_key where {condition}");

    private async Task<PostgresTestDatabase> UpgradedAsync(string? virtualClock)
    {
        var database = await postgres.CreateEmptyAsync();
        var scripts = EmbeddedSql.ReadScripts("Postgres");
        await MigrateAsync(database, [.. scripts.Where(script => script.Number <= BeforeVirtualDays)]);
        if (virtualClock is not null) await database.ExecuteAsync($"insert into setting values ('virtual_clock', '{virtualClock}')");
        await database.ExecuteAsync("insert into usage_key (subscription_id, key) values ('sub-1', 'e/before')");
        await MigrateAsync(database, [.. scripts]);
        await database.ExecuteAsync("insert into usage_key (subscription_id, key) values ('sub-1', 'e/by an old program')");
        return database;
    }

    private static async Task MigrateAsync(PostgresTestDatabase database, SchemaScript[] scripts)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await new PostgresMigration(source, TimeProvider.System, NullLogger<PostgresMigration>.Instance).ApplyAsync(
            PostgresSchema.Journal with { Scripts = scripts }, CancellationToken.None);
    }
}
