using NodaTime;
using Npgsql;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>
/// Audits a run after all work is done: acknowledged commands are stored, no invoice was charged twice, statistics and
/// balances equal a recount, and no due work is left.
/// </summary>
internal sealed class ScenarioAudit(string connectionString, SeedPlan plan, AcknowledgedVersions acknowledged, bool nobodyPending)
{
    /// <param name="loadEndedAt">Everything due by then must be done.</param>
    /// <param name="ledger">The ledger of the provider in this process; null when there is none.</param>
    /// <param name="simulator">The stand-alone provider; null when there is none.</param>
    /// <param name="cancellationToken">Stops the audit.</param>
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
        checks.Add(RunCheck.None($"invoices paid twice according to the journal, of {charges.Charged:N0}", charges.Twice));
        if (ledger is not null) checks.AddRange(charges.Compare(ledger));
        if (simulator is not null)
            checks.AddRange(charges.Compare(await SimulatorBook.ReadChargesAsync(simulator, Subscriptions.Prefix, cancellationToken)));
        await using var storage = await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);
        checks.Add(await recount.CompareAsync(storage.Statistics, cancellationToken));
        checks.AddRange(await balances.CompareAsync(storage.Balances, cancellationToken));
        return checks;
    }
}
