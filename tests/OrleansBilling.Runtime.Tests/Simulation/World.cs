using Microsoft.Extensions.Logging.Abstractions;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Tests.Simulation;

/// <summary>
/// Two runtimes as of two processes over one journal, clients that repeat what was not answered, a provider that often
/// cannot say, crashes, and two years of time. The code under test is the real one.
/// </summary>
public sealed class World
{
    private static readonly string[] Tokens = ["tok_ok", "tok_ok", "tok_ok", "tok_lost_card"];
    private readonly Random dice;
    private readonly SeededScheduler scheduler;
    private readonly SimulatedCatalog catalog = new();
    private readonly VirtualClock clock = new(Instant.FromUtc(2024, 1, 31, 9, 30));
    private readonly OfferTerms[] offers;
    private readonly EmbeddedRuntime[] runtimes = new EmbeddedRuntime[2];
    private readonly Dictionary<string, (string Id, long Version, SubscriptionCommand Command)> acknowledged = new(StringComparer.Ordinal);

    public World(int seed)
    {
        dice = new Random(seed);
        scheduler = new SeededScheduler(seed);
        Journal = new SimulatedJournal(dice) { FaultPercent = 5 };
        Provider = new SimulatedProvider(dice) { UnknownPercent = 10, DeclinePercent = 15 };
        offers =
        [
            catalog.Sell("monthly", 2_990, new BillingInterval(IntervalUnit.Month, 1), zone: "America/Sao_Paulo"),
            catalog.Sell("weekly", 700, new BillingInterval(IntervalUnit.Week, 1), trialDays: 7),
            catalog.Sell("term", 1_000, new BillingInterval(IntervalUnit.Month, 1), recurrences: 6, dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.LeavePastDue }),
            catalog.Sell("patient", 500, new BillingInterval(IntervalUnit.Month, 1), dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.Pause, MoveBillingDate = true }),
        ];
        for (var n = 0; n < runtimes.Length; n++) runtimes[n] = NewRuntime();
    }

    public SimulatedJournal Journal { get; }

    public SimulatedProvider Provider { get; }

    public int Acknowledged => acknowledged.Count;

    public void Run(int subscriptions, int rounds)
    {
        scheduler.Run(() => LiveAsync(subscriptions, rounds));
        scheduler.Run(SettleAsync);
        Audit();
    }

    private async Task LiveAsync(int subscriptions, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            if (dice.Next(10) == 0) runtimes[dice.Next(runtimes.Length)] = NewRuntime();
            var clients = Enumerable.Range(0, 6).Select(client => CommandAsync($"s{dice.Next(subscriptions)}", $"k{round}-{client}")).ToArray();
            await Task.WhenAll([.. clients, RunDueAsync(runtimes[0]), RunDueAsync(runtimes[1])]);
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromHours(dice.Next(1, 24 * 14)));
        }
    }

    /// <summary>The bad luck ends; everything that is due and asked for is done.</summary>
    private async Task SettleAsync()
    {
        Journal.FaultPercent = 0;
        Provider.UnknownPercent = 0;
        for (var step = 0; step < 50; step++)
        {
            await RunDueAsync(runtimes[step % 2]);
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromHours(2));
        }
    }

    private async Task CommandAsync(string id, string key)
    {
        var command = Choose(id);
        var idempotency = new IdempotencyKey(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(key))), (ulong)command.GetType().Name.Length);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var caller = command is SubscriptionCommand.Cancel && dice.Next(2) == 0 ? new Caller(Role.Customer, "customer-1") : Caller.Administrator;
            var result = await runtimes[dice.Next(runtimes.Length)].ExecuteAsync(id, new CommandEnvelope(command, caller, idempotency), CancellationToken.None);
            if (result is CommandResult.Unavailable) continue;
            if (result is CommandResult.Accepted accepted) acknowledged.Add($"{id} {key}", (id, accepted.State.Version, command));
            return;
        }

        Assert.Fail("A hundred repeats met a hundred faults.");
    }

    private SubscriptionCommand Choose(string id) => dice.Next(12) switch
    {
        < 5 => new SubscriptionCommand.Subscribe(id, offers[dice.Next(offers.Length)], new Customer("customer-1", null), Tokens[dice.Next(Tokens.Length)], null, null, null),
        5 => new SubscriptionCommand.Cancel(EffectiveAt.Now, "price", null, (CancellationRefund)dice.Next(3), null),
        6 => new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null),
        7 => new SubscriptionCommand.Uncancel(),
        8 => new SubscriptionCommand.Reactivate(dice.Next(2) == 0, "tok_ok"),
        9 => new SubscriptionCommand.Retry(),
        10 => new SubscriptionCommand.ChangePaymentMethod(Tokens[dice.Next(Tokens.Length)] + "-" + dice.Next(3)),
        _ => new SubscriptionCommand.EndTrial(),
    };

    private static async Task RunDueAsync(EmbeddedRuntime runtime)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                await runtime.RunDueAsync(CancellationToken.None);
                return;
            }
            catch (JournalUnavailableException)
            {
                // The fault was drawn; the pump's next pass tries again.
            }
        }

        Assert.Fail("Two hundred passes met two hundred faults.");
    }

    private void Audit()
    {
        var recomputed = new List<StatisticDelta>();
        var collected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var id in Journal.Ids)
        {
            var history = ReadHistory(id);
            Subscription? state = null;
            foreach (var e in history)
            {
                var next = SubscriptionEvolution.Evolve(state, e);
                StatisticRules.Collect(state, e, next, TermsOf(next), recomputed);
                state = next;
            }

            AuditState(id, state!);
            AuditInvoices(id, history, collected);
            AuditAcknowledged(id, history);
        }

        var succeeded = Provider.Book.Where(entry => entry.Value.Outcome is PaymentOutcome.Succeeded && !entry.Key.Contains("refund", StringComparison.Ordinal));
        Assert.Equal(succeeded.ToDictionary(entry => entry.Key, entry => entry.Value.Amount), collected);
        Assert.Equal(Sum(recomputed), Sum(Journal.Deltas));
    }

    /// <summary>Each acknowledged command has a commit of its own, which ends with the version that its caller was told.</summary>
    private void AuditAcknowledged(string id, IReadOnlyList<SubscriptionEvent> history)
    {
        var told = acknowledged.Values.Where(entry => entry.Id == id).ToList();
        Assert.Equal(told.Count, told.Select(entry => entry.Version).Distinct().Count());
        foreach (var (_, version, command) in told)
        {
            Assert.InRange(version, 1, history.Count);
            var commit = history.Take((int)version).Reverse().TakeWhile(e => e.At == history[(int)version - 1].At);
            Assert.Contains(commit, e => Shows(e, command));
        }
    }

    private static bool Shows(SubscriptionEvent e, SubscriptionCommand command) => command switch
    {
        SubscriptionCommand.Subscribe x => e is SubscriptionEvent.Subscribed subscribed && subscribed.OfferId == x.Terms.Offer.Id,
        SubscriptionCommand.Cancel x => e is SubscriptionEvent.Canceled || (x.At == EffectiveAt.PeriodEnd && e is SubscriptionEvent.CancellationScheduled),
        SubscriptionCommand.Uncancel => e is SubscriptionEvent.CancellationUndone,
        SubscriptionCommand.Reactivate x => e is SubscriptionEvent.Reactivated reactivated && reactivated.ChargeNow == x.ChargeNow,
        SubscriptionCommand.Retry => e is SubscriptionEvent.ChargeRequested,
        SubscriptionCommand.ChangePaymentMethod x => e is SubscriptionEvent.PaymentMethodChanged changed && changed.Token == x.Token,
        SubscriptionCommand.EndTrial => e is SubscriptionEvent.TrialEndMoved or SubscriptionEvent.RecurrenceStarted,
        _ => false,
    };

    private void AuditState(string id, Subscription state)
    {
        var stored = Journal.LoadAsync(id, CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
        var (snapshot, memory) = SubscriptionCodec.Decode(stored.State);
        Assert.Equal(SubscriptionCodec.Encode(state, memory), SubscriptionCodec.Encode(snapshot, memory));
        Assert.Equal(state.Version, stored.Version);
        Assert.Equal(DueWork.Next(state)?.At, Journal.DueAt(id));
        Assert.Equal(state.Status, Journal.Directory(id).Status);
        Assert.False(Journal.DueAt(id) <= clock.GetCurrentInstant() - Duration.FromHours(4), $"{id} missed what was due at {Journal.DueAt(id)}.");
        Assert.Null(state.Charge);
    }

    private static void AuditInvoices(string id, IReadOnlyList<SubscriptionEvent> history, Dictionary<string, long> collected)
    {
        var invoices = InvoiceBook.Fold(history);
        Assert.Equal(invoices.Select(invoice => invoice.Period.Index).Distinct().Count(), invoices.Count);
        foreach (var invoice in invoices)
        {
            Assert.Equal(invoice.Total, invoice.Lines.Sum(line => line.Amount));
            var paid = invoice.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Succeeded).ToList();
            Assert.True(paid.Count <= 1, $"{id} invoice {invoice.Number} was paid {paid.Count} times.");
            foreach (var attempt in paid) collected.Add($"{id}:{invoice.Number}:{attempt.Number}", invoice.Total);
        }
    }

    private IReadOnlyList<SubscriptionEvent> ReadHistory(string id)
    {
        var events = Journal.ReadEventsAsync(id, 0, int.MaxValue, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return [.. events.Select(SubscriptionCodec.Decode)];
    }

    private OfferTerms TermsOf(Subscription state) => offers.Single(terms => terms.Offer.Id == state.OfferId);

    private static Dictionary<string, long> Sum(IEnumerable<StatisticDelta> deltas) => deltas
        .GroupBy(delta => $"{delta.Day} {delta.OfferId} {delta.Metric} {delta.Origin}")
        .Select(group => (group.Key, Value: group.Sum(delta => delta.Value)))
        .Where(sum => sum.Value != 0)
        .ToDictionary(sum => sum.Key, sum => sum.Value);

    private EmbeddedRuntime NewRuntime() => new(
        new EmbeddedRuntimeOptions { Scheduler = scheduler, LiveSubscriptionsMax = 4, DuePageMax = 3, WakesMax = 2, ProviderCallsMax = 2 },
        Journal,
        new CatalogCache(catalog, TimeProvider.System),
        Provider,
        clock,
        new ImpatientTime(scheduler),
        NullLoggerFactory.Instance);
}
