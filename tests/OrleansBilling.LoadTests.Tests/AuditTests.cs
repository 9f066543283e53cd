using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Testing;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>The audit accepts a correct database and finds each kind of error.</summary>
public sealed class AuditTests(SeededDatabase databases) : IClassFixture<SeededDatabase>
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private readonly AcknowledgedVersions acknowledged = new();
    private readonly ProviderLedger ledger = new(new SimulatedPaymentProvider(1));

    [PostgresFact]
    public async Task A_run_that_went_well_passes()
    {
        var (connectionString, plan) = await RunAsync();
        Assert.Empty(await SeededDatabase.BrokenAsync(connectionString, plan, acknowledged, Now, ledger));
        Assert.Equal(5, ledger.Charged);
    }

    [PostgresTheory]
    [InlineData(
        "update subscription set version = version - 1 where id = 'load-00000001'",
        "of these, stored with a version below the acknowledged one")]
    [InlineData("delete from subscription where id = 'load-00000001'", "subscriptions with an acknowledged command that are stored")]
    [InlineData(
        "delete from event where subscription_id = 'load-00000002' and sequence = 2",
        "subscriptions whose events do not match their version")]
    [InlineData("update subscription set due_at = '2026-03-01 11:59Z' where id = 'load-00000002'", "due times left over")]
    [InlineData(
        "update subscription set status = 'pending' where id = 'load-00000002'", "subscriptions that still wait for their first payment")]
    public async Task What_is_wrong_in_the_database_is_found(string damage, string found)
    {
        var (connectionString, plan) = await RunAsync();
        await SeededDatabase.ExecuteAsync(connectionString, damage);
        Assert.Contains(found, await SeededDatabase.BrokenAsync(connectionString, plan, acknowledged, Now, ledger));
    }

    [PostgresTheory]
    [InlineData("update statistic_day set value = value + 1 where metric = 112")]
    [InlineData("delete from statistic_day where metric = 112")]
    // A day of the open month: closed months are read from monthly rows.
    [InlineData("insert into statistic_day (offer_id, day, metric, slice, value) values ('offer-0000', 20513, 120, -1, 1)")]
    public async Task Statistics_that_differ_from_the_journal_are_found(string damage)
    {
        var (connectionString, plan) = await RunAsync();
        await using (var storage = await SeededDatabase.OpenAsync(connectionString)) await storage.FoldStatisticsAsync(
            CancellationToken.None);
        await SeededDatabase.ExecuteAsync(connectionString, damage);
        var broken = Assert.Single(await SeededDatabase.BrokenAsync(connectionString, plan, acknowledged, Now, ledger));
        Assert.StartsWith("counters that differ", broken, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("update balance set amount = amount + 1")]
    [InlineData("delete from balance")]
    [InlineData("insert into balance_delta (seller_id, party_id, currency, amount) values ('nobody', 'somebody', 'BRL', 5)")]
    public async Task Balances_that_differ_from_the_postings_are_found(string damage)
    {
        var (connectionString, plan) = await RunAsync();
        await using (var storage = await SeededDatabase.OpenAsync(connectionString)) await storage.FoldBalancesAsync(
            CancellationToken.None);
        await SeededDatabase.ExecuteAsync(connectionString, damage);
        var broken = Assert.Single(await SeededDatabase.BrokenAsync(connectionString, plan, acknowledged, Now, ledger));
        Assert.StartsWith("balances that differ", broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_charge_that_the_journal_lacks_is_found()
    {
        await ledger.ChargeAsync(Charge(1, 2, 1), CancellationToken.None);
        var checks = new ChargeBook(keepsKeys: false).Compare(ledger).ToList();
        Assert.Contains(
            checks, check => !check.Ok && check.What.StartsWith("invoices that the provider charged and that", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invoice_charged_under_two_keys_is_found_and_one_asked_for_twice_is_not()
    {
        await ledger.ChargeAsync(Charge(1, 2, 1), CancellationToken.None);
        await ledger.ChargeAsync(Charge(1, 2, 1), CancellationToken.None);
        Assert.Equal((1, 0), (ledger.Charged, ledger.Twice));
        await ledger.ChargeAsync(Charge(1, 2, 2), CancellationToken.None);
        Assert.Equal((1, 1), (ledger.Charged, ledger.Twice));
    }

    [Fact]
    public async Task A_declined_charge_is_none()
    {
        await ledger.ChargeAsync(Charge(1, 2, 1) with { Token = "tok_lost_card" }, CancellationToken.None);
        Assert.Equal(0, ledger.Charged);
    }

    [Fact]
    public void An_invoice_that_the_journal_has_as_paid_twice_is_found()
    {
        var book = new ChargeBook(keepsKeys: false);
        book.Add(Paid(number: 1, invoice: 2, attempt: 1));
        book.Add(Paid(number: 1, invoice: 3, attempt: 1));
        book.Add(Paid(number: 2, invoice: 2, attempt: 1));
        Assert.Equal((3, 0), (book.Charged, book.Twice));
        book.Add(Paid(number: 2, invoice: 2, attempt: 2));
        Assert.Equal((4, 1), (book.Charged, book.Twice));
    }

    [PostgresFact]
    public async Task The_providers_book_must_have_the_same_charges_as_the_journal()
    {
        var (connectionString, plan) = await RunAsync();
        var book = new ChargeBook(keepsKeys: true);
        await using var database = Npgsql.NpgsqlDataSource.Create(connectionString);
        await new JournalReplay(database, plan).ReadAsync(replayed => book.Add(replayed), CancellationToken.None);
        Assert.Equal((5, 0), (book.Charged, book.Twice));

        List<string> keys = [.. Enumerable.Range(10, 5).Select(number => $"{Subscriptions.Id(number)}:2:1")];
        Assert.All(book.Compare(keys), check => Assert.True(check.Ok, check.What));
        Assert.Equal(1, book.Compare(keys[1..]).Count(check => !check.Ok));
        Assert.Equal(2, book.Compare([.. keys, $"{Subscriptions.Id(10)}:2:2"]).Count(check => !check.Ok));
    }

    /// <summary>Five subscriptions renew, one is canceled, one changes its card.</summary>
    private async Task<(string ConnectionString, SeedPlan Plan)> RunAsync()
    {
        var (connectionString, plan) = await databases.FillAsync(Now, each: 5);
        await using var storage = await SeededDatabase.OpenAsync(connectionString);
        await using var runtime = new TurnHost(
            new TurnHostOptions(), storage.Journal, storage.Due, new CatalogCache(storage.Catalog, TimeProvider.System), ledger,
            new VirtualClock(Now), TimeProvider.System, NullLoggerFactory.Instance);
        await runtime.RunDueAsync(CancellationToken.None);
        await ExecuteAsync(runtime, 0, new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, CancellationRefund.None, null));
        await ExecuteAsync(runtime, 1, new SubscriptionCommand.ChangePaymentMethod("tok_timeout"));
        return (connectionString, plan);
    }

    private async Task ExecuteAsync(TurnHost runtime, int number, SubscriptionCommand command)
    {
        var accepted = Assert.IsType<CommandResult.Accepted>(
            await runtime.ExecuteAsync(
                Subscriptions.Id(number), new CommandEnvelope(command, Caller.Administrator), CancellationToken.None));
        acknowledged.Note(number, accepted.State.Version);
    }

    private static ReplayedEvent Paid(int number, int invoice, int attempt) => new(
        number, null, new SubscriptionEvent.ChargeSucceeded { At = Now, Invoice = invoice, Attempt = attempt, Amount = 100, Postings = [] },
        new Subscription { Id = Subscriptions.Id(number), OfferId = "offer-0000", OfferVersion = 1, Customer = new Customer("c", null) },
        LoadCatalog.Make(1, new BillingInterval(IntervalUnit.Month, 1)).Offers[0]);

    private static ChargeRequest Charge(int number, int invoice, int attempt) =>
        new(PaymentKeys.Charge(Subscriptions.Id(number), invoice, attempt), "tok_ok", 100, "USD", attempt, 1);
}
