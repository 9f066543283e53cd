using System.Globalization;
using System.Text.Json;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Metrics;

/// <summary>
/// The real exporter reads a PostgreSQL whose archive breaks, and the real rules see it. How long an alert waits is tested by
/// promtool; here it is seen as soon as it is pending.
/// </summary>
public sealed class DatabaseAlertTests
{
    [NeedsFact(["postgres", "prometheus", PostgresExporter.Program])]
    public async Task The_archive_and_the_age_of_the_backup_are_seen()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: false, new Dictionary<string, string>
        {
            ["archive_mode"] = "on", ["archive_command"] = "'true'",
        });
        await using var journal = new Journal(await postgres.CreateDatabaseAsync("billing"));
        await journal.ExecuteAsync(await File.ReadAllTextAsync(DeployFolder.Path("postgres", "roles.sql")));
        await journal.ExecuteAsync("insert into operations.backup (folder, bytes, seconds) values ('a', 1, 1)");
        await SwitchAsync(journal);
        await Eventually.HoldsAsync(what: "a segment is archived", condition: async () =>
            await journal.ReadAsync<long>("select archived_count from pg_stat_archiver") > 0);
        await using var exporter = new PostgresExporter(postgres.Port, "billing");
        await using var prometheus = await PrometheusProcess.StartForDatabaseAsync(exporter.Address);

        await Eventually.HoldsAsync(what: "a young archive and a young backup", condition: async () =>
            await ReadAsync(prometheus, "pg_stat_archiver_last_archive_age") is >= 0 and < 900
            && await ReadAsync(prometheus, "billing_backup_age_seconds") is >= 0 and < 900
            && await ReadAsync(prometheus, "pg_stat_archiver_failed_count") is 0);
        await Eventually.HoldsAsync(what: "no alert about the database", condition: async () =>
            (await StatesAsync(prometheus)).SequenceEqual(["ArchiveFails inactive", "ArchiveOld inactive", "BackupOld inactive"]));

        await journal.ExecuteAsync("alter system set archive_command = 'false'");
        await journal.ExecuteAsync("update operations.backup set finished_at = now() - interval '27 hours'");
        await journal.ExecuteAsync("select pg_reload_conf()");
        await SwitchAsync(journal);
        await Eventually.HoldsAsync(what: "both are noticed", condition: async () =>
            (await StatesAsync(prometheus)).SequenceEqual(["ArchiveFails pending", "ArchiveOld inactive", "BackupOld pending"]));
    }

    /// <summary>Something is written and its segment closed.</summary>
    private static async Task SwitchAsync(Journal journal)
    {
        await journal.ExecuteAsync("create table if not exists written (a integer)");
        await journal.ExecuteAsync("insert into written values (1)");
        await journal.ExecuteAsync("select pg_switch_wal()");
    }

    private static async Task<double?> ReadAsync(PrometheusProcess prometheus, string query) =>
        (await prometheus.QueryAsync(query)) is [JsonElement one]
            ? double.Parse(one.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)
            : null;

    private static async Task<IEnumerable<string>> StatesAsync(PrometheusProcess prometheus) =>
        (await prometheus.ReadRulesAsync())
            .Where(rule => rule.Name.StartsWith("Archive", StringComparison.Ordinal) || rule.Name == "BackupOld")
            .Select(rule => $"{rule.Name} {rule.State}").Order(StringComparer.Ordinal);
}
