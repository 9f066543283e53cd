using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;
using OrleansBilling.Storage.Postgres.Schema;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>Migrating while others work, again after an interruption, and what a start says about the wrong tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresMigrationTests(PostgresFixture postgres)
{
    private static readonly SchemaScript Table = new(1, "0001_table.sql", "create table thing (id integer, name text);");

    private static readonly SchemaScript Index = new(
        2, "0002_index.sql", "-- concurrent\ncreate unique index concurrently if not exists thing_id on thing (id);\n");

    [PostgresFact]
    public async Task An_index_whose_building_was_interrupted_is_built_again_and_other_statements_repeat()
    {
        var database = await postgres.CreateEmptyAsync();
        await MigrateAsync(database, Table);
        await database.ExecuteAsync("insert into thing values (1), (1)");

        // Building fails at the double, which leaves an index that exists and is never used.
        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync(database, Table, Index));
        Assert.False(await database.QueryAsync<bool>("select indisvalid from pg_index where indexrelid = 'thing_id'::regclass"));
        await database.ExecuteAsync("delete from thing");
        await MigrateAsync(database, Table, Index);

        Assert.True(await database.QueryAsync<bool>("select indisvalid from pg_index where indexrelid = 'thing_id'::regclass"));
        Assert.Equal(2, await database.QueryAsync<int>("select max(version) from schema_version"));
    }

    [PostgresFact]
    public async Task A_script_that_waits_for_a_table_gives_way_to_everybody_else_and_tries_again()
    {
        var database = await postgres.CreateEmptyAsync();
        await MigrateAsync(database, Table);
        var log = new FakeLogger<PostgresMigration>();
        Task migrating;
        await using (var reader = await database.ConnectAsync())
        {
            await using (var reads = new NpgsqlCommand("begin; select count(*) from thing", reader)) await reads.ExecuteNonQueryAsync();
            var change = new SchemaScript(2, "0002_change.sql", "alter table thing add column price bigint;");
            migrating = MigrateAsync(database, log, Table, change);
            await Eventually.HoldsAsync(() => log.Collector.GetSnapshot().Any(line => line.Message.Contains("0002_change.sql waits")));

            // Another session gets its lock meanwhile, which would wait behind a script that waits.
            await database.ExecuteAsync("insert into thing values (7)");
            Assert.False(migrating.IsCompleted);
        }

        await migrating;
        Assert.Equal(1, await database.QueryAsync<long>("select count(*) from thing where price is null"));
    }

    [PostgresFact]
    public async Task Tables_of_an_older_release_and_no_tables_say_what_to_do()
    {
        var database = await postgres.CreateEmptyAsync();
        var none = await Assert.ThrowsAsync<SchemaVersionException>(() => database.OpenAsync());
        Assert.Equal(
            "The database has no tables yet. Run this release once with --migrate and a role that may change tables, then start it again.",
            none.Message);

        await MigrateAsync(database, Table);
        var old = await Assert.ThrowsAsync<SchemaVersionException>(() => database.OpenAsync());
        Assert.StartsWith("The schema (schema_version) is at version 1; this release needs ", old.Message, StringComparison.Ordinal);
        Assert.Contains("--migrate", old.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_later_release_may_say_that_this_one_can_still_start()
    {
        var database = await postgres.CreateAsync();
        var known = EmbeddedSql.ReadScripts("Postgres");
        SchemaScript[] later =
            [.. known, new(9_998, "9998_later.sql", $"-- runs with programs since: {known[^1].Number}\nselect 1;")];
        await MigrateAsync(database, later);
        await using (await database.OpenAsync())
            Assert.Equal(9_998, await database.QueryAsync<int>("select max(version) from schema_version"));

        await MigrateAsync(database, [.. later, new(9_999, "9999_last.sql", "select 1;")]);
        var refused = await Assert.ThrowsAsync<SchemaVersionException>(() => database.OpenAsync());
        Assert.Contains("at version 9999, from a later release", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SchemaVersionException>(() => database.MigrateAsync());
    }

    private static Task MigrateAsync(PostgresTestDatabase database, params SchemaScript[] scripts) =>
        MigrateAsync(database, NullLogger<PostgresMigration>.Instance, scripts);

    private static async Task MigrateAsync(
        PostgresTestDatabase database, ILogger<PostgresMigration> logger, params SchemaScript[] scripts)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false");
        await new PostgresMigration(source, TimeProvider.System, logger).ApplyAsync(
            PostgresSchema.Journal with { Scripts = scripts }, CancellationToken.None);
    }
}
