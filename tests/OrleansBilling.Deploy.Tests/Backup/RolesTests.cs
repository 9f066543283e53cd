using Npgsql;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>deploy/postgres/roles.sql and backup.sh: each role may do what it is for, and a backup counts only if it restores.</summary>
public sealed class RolesTests
{
    private const string NewestBackupSql = "select coalesce(max(folder), '') from operations.backup";

    [NeedsFact(["postgres"])]
    public async Task Servers_write_rows_only_migrations_change_tables_and_a_backup_counts_when_it_restores()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        await using var owner = new Journal(await server.CreateDatabaseAsync("billing"));
        var roles = await File.ReadAllTextAsync(DeployFolder.Path("postgres", "roles.sql"));
        await owner.ExecuteAsync(roles);
        await ServerProcess.MigrateAsync(As(server, "billing_migrations"));

        // Tables that belong to others, as after a restore or on an older installation, are handed over while a server sells.
        await owner.ExecuteAsync("create table restored (id bigserial primary key); create function f() returns int return 1");
        await owner.ExecuteAsync("alter table subscription owner to billing");
        await SellAsync(As(server, "billing"), meanwhile: () => owner.ExecuteAsync(roles));

        // The service may do everything with rows, and nothing with tables.
        Assert.Equal(0, await owner.ReadAsync<long>(
            "select count(*) from pg_proc where pronamespace = 'public'::regnamespace and proowner <> 'billing_migrations'::regrole"));
        Assert.Equal("billing_migrations", await owner.ReadAsync<string>(
            "select string_agg(distinct tableowner, ' ') from pg_tables where schemaname = 'public'"));
        Assert.Equal("", await owner.ReadAsync<string>(
            """
            select coalesce(string_agg(relname, ' '), '') from pg_class
            where relnamespace = 'public'::regnamespace and relkind = 'r' and not (
              has_table_privilege('billing', oid, 'select') and has_table_privilege('billing', oid, 'insert')
              and has_table_privilege('billing', oid, 'update') and has_table_privilege('billing', oid, 'delete'))
            """));
        Assert.True(await owner.ReadAsync<bool>(
            "select count(*) > 0 and bool_and(has_sequence_privilege('billing', oid, 'usage')) from pg_class where relkind = 'S'"));
        await using (var service = new Journal(As(server, "billing")))
        {
            Assert.Equal(2, await service.ReadAsync<long>("select count(*) from subscription"));
            await service.ExecuteAsync("insert into setting (name, value) values ('test', '1'); delete from setting where name = 'test'");
            await service.ExecuteAsync("select month_start(1)");
            await RefusedAsync(service, "create table mine (a integer)");
            await RefusedAsync(service, "alter table subscription add column mine integer");
            await RefusedAsync(service, "truncate subscription");
            await RefusedAsync(service, "drop table outbox");
            await RefusedAsync(service, "select * from operations.backup");
        }

        await using (var monitor = new Journal(As(server, "billing_monitor")))
        {
            Assert.True(await monitor.ReadAsync<long>("select count(*) from pg_stat_archiver") == 1);
            Assert.Equal("", await monitor.ReadAsync<string>(NewestBackupSql));
            await RefusedAsync(monitor, "select * from public.subscription");
        }

        await using var folder = await BackupFolder.MakeAsync();
        var (old, other) = (Path.Combine(folder.Archive, "billing-20200131T031500Z"), Path.Combine(folder.Archive, "billing-other"));
        foreach (var path in new[] { old, other })
        {
            Directory.CreateDirectory(path);
            Directory.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 31, 0, 0, 0, DateTimeKind.Utc));
        }

        await RunBackupAsync(folder, server);
        Assert.Equal((false, true), (Directory.Exists(old), Directory.Exists(other)));
        var dump = await owner.ReadAsync<string>(NewestBackupSql);
        Assert.True(Directory.Exists(dump), $"There is no {dump}.");
        await AssertNoScratchAsync(owner);

        // A dump that does not fit together is found by the check: it does not count, and nothing is left behind.
        await owner.ExecuteAsync("update subscription set version = version + 1");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunBackupAsync(folder, server));
        Assert.Contains("do not have as many events as their version says", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backup: FAILED", failure.Message, StringComparison.Ordinal);
        Assert.Equal(dump, await owner.ReadAsync<string>(NewestBackupSql));
        await AssertNoScratchAsync(owner);
    }

    /// <summary>A server needs no more than the role of servers has.</summary>
    private static async Task SellAsync(string connectionString, Func<Task> meanwhile)
    {
        var settings = ServerSettings.On(connectionString, new Uri("http://127.0.0.1:1"));
        settings["Billing__Payments"] = "simulator";
        await using var process = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings);
        using var client = new BillingClient(process.Address, ServerSettings.AdminKey);
        await DailyOffer.AddAsync(client);
        await client.PostAsync("/v1/subscriptions", DailyOffer.Subscription("s1"), "subscribe-s1");
        await meanwhile();
        await client.PostAsync("/v1/subscriptions", DailyOffer.Subscription("s2"), "subscribe-s2");
        Assert.Equal(0, await process.TerminateAsync());
    }

    private static Task RunBackupAsync(BackupFolder folder, PostgresServer server) =>
        folder.RunAsAsync("billing_backup", server.Port, "billing", "backup.sh", folder.Archive);

    private static async Task AssertNoScratchAsync(Journal owner) =>
        Assert.Equal(0, await owner.ReadAsync<long>("select count(*) from pg_database where datname = 'billing_check'"));

    private static async Task RefusedAsync(Journal journal, string sql) =>
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => journal.ExecuteAsync(sql))).SqlState);

    private static string As(PostgresServer server, string role) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString("billing")) { Username = role }.ConnectionString;
}
