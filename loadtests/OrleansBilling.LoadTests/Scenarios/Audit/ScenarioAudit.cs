using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>
/// After a run, when nothing is under way any more: what was acknowledged is stored, no invoice was charged twice, the
/// statistics and the balances equal a recount, and nothing that was due is left.
/// </summary>
internal sealed class ScenarioAudit(string connectionString, SeedPlan plan, AcknowledgedVersions acknowledged, bool nobodyPending)
{
    /// <param name="loadEndedAt">Whatever was due by then must have been done.</param>
    /// <param name="ledger">The ledger before the provider within this process; null where there is none.</param>
    /// <param name="simulator">The stand-alone provider; null where there is none.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<IReadOnlyList<RunCheck>> RunAsync(
        Instant loadEndedAt, ProviderLedger? ledger, Uri? simulator, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 });
        var stored = new StoredState(database);
        var checks = new List<RunCheck>(await stored.CheckAsync(acknowledged, loadEndedAt, cancellationToken));
        if (nobodyPending) checks.Add(await stored.CheckPendingAsync(cancellationToken));
        var recount = new StatisticsRecount(plan);
        var balances = new BalanceRecount(plan);
        var charges = new ChargeBook(keepsKeys: simulator is not null);
        await new JournalReplay(database, plan).ReadAsync(
            replayed =>
            {
                recount.Add(replayed);
                balances.Add(replayed);
                charges.Add(replayed);
            },
            cancellationToken);
        checks.Add(RunCheck.None($"invoices that the journal has as paid twice, of {charges.Charged:N0}", charges.Twice));
        if (ledger is not null) checks.AddRange(charges.Compare(ledger));
        if (simulator is not null) checks.AddRange(charges.Compare(await SimulatorBook.ReadChargesAsync(simulator, Subscriptions.Prefix, cancellationToken)));
        await using var storage = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            cancellationToken);
        checks.Add(await recount.CompareAsync(storage.Statistics, cancellationToken));
        checks.AddRange(await balances.CompareAsync(storage.Balances, cancellationToken));
        return checks;
    }
}
