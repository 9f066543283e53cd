using Microsoft.Extensions.Logging.Abstractions;
using System.Globalization;
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
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Tests.Simulation;

/// <summary>
/// Two runtimes as of two processes over one journal, clients that repeat what was not answered, a provider that often
/// cannot say, crashes, and two years of time. The code under test is the real one.
/// </summary>
public sealed class World
{
    private static readonly string[] Tokens = ["tok_ok", "tok_ok", "tok_ok", "tok_lost_card", "tok_slip"];
    private readonly Random dice;
    private readonly SeededScheduler scheduler;
    private readonly SimulatedCatalog catalog = new();
    private readonly VirtualClock clock = new(Instant.FromUtc(2024, 1, 31, 9, 30));
    private readonly OfferTerms[] offers;
    private readonly OfferTerms[] market;
    private readonly OfferTerms[] sold;
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
        var shares = new SplitPart[] { new(SplitRole.Platform, "platform", 9_900, null), new(SplitRole.Affiliate, null, 30_000, null) };
        market =
        [
            offers[0],
            catalog.SellBeside(offers[0], "dearer", 5_990, new BillingInterval(IntervalUnit.Month, 1), plan => plan with { AlertDays = 5 }, offer => offer with { Split = [.. shares] }),
            catalog.SellBeside(offers[0], "yearly", 29_900, new BillingInterval(IntervalUnit.Year, 1), plan => plan with { Installments = 12 }, offer => offer with { Split = [.. shares] }),
            catalog.SellBeside(offers[0], "metered", 0, new BillingInterval(IntervalUnit.Week, 1), null, offer => offer with
            {
                Meters =
                [
                    new Meter { Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(3) },
                    new Meter { Id = "users", Name = "Users", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(100) },
                ],
            }),
        ];
        sold = [.. offers, .. market[1..]];
        for (var n = 0; n < runtimes.Length; n++) runtimes[n] = NewRuntime();
    }

    public SimulatedJournal Journal { get; }

    public SimulatedProvider Provider { get; }

    public int Acknowledged => acknowledged.Count;

    /// <summary>The types of events that happened.</summary>
    public HashSet<string> Happened { get; } = new(StringComparer.Ordinal);

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
            await Task.WhenAll([.. clients, PaySlipAsync(), RunDueAsync(runtimes[0]), RunDueAsync(runtimes[1])]);
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
        var command = Choose(id, key);
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

    /// <summary>The bank pays a slip, perhaps one that had expired with us, and calls until it is heard.</summary>
    private async Task PaySlipAsync()
    {
        if (dice.Next(2) == 0 || Provider.PayOneSlip() is not { } key) return;
        var parts = key.Split(':');
        var confirmation = new SubscriptionCommand.ConfirmPayment(int.Parse(parts[^2], CultureInfo.InvariantCulture), int.Parse(parts[^1], CultureInfo.InvariantCulture), new PaymentOutcome.Succeeded());
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var result = await runtimes[dice.Next(runtimes.Length)].ExecuteAsync(parts[0], new CommandEnvelope(confirmation, Caller.Administrator), CancellationToken.None);
            if (result is CommandResult.Unavailable) continue;
            Assert.IsType<CommandResult.Accepted>(result);
            return;
        }

        Assert.Fail("A hundred calls met a hundred faults.");
    }

    private SubscriptionCommand Choose(string id, string key) => dice.Next(26) switch
    {
        < 5 => new SubscriptionCommand.Subscribe(id, sold[dice.Next(sold.Length)], new Customer("customer-1", null), Tokens[dice.Next(Tokens.Length)], null, null, null) { AffiliateId = dice.Next(2) == 0 ? "bob" : null },
        5 => new SubscriptionCommand.Cancel(EffectiveAt.Now, "price", null, (CancellationRefund)dice.Next(3), null),
        6 => new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null),
        7 => new SubscriptionCommand.Uncancel(),
        8 => new SubscriptionCommand.Reactivate(dice.Next(2) == 0, "tok_ok"),
        9 => new SubscriptionCommand.Retry(),
        10 or 11 => new SubscriptionCommand.ChangePaymentMethod(Tokens[dice.Next(Tokens.Length)] + "-" + dice.Next(3)),
        12 => new SubscriptionCommand.EndTrial(),
        < 17 => new SubscriptionCommand.ChangePlan((EffectiveAt)dice.Next(2), market[dice.Next(market.Length)], dice.Next(1, 4), null),
        17 => new SubscriptionCommand.Pause((EffectiveAt)dice.Next(2), dice.Next(2) == 0 ? null : clock.GetCurrentInstant() + Duration.FromDays(dice.Next(40, 90))),
        18 or 19 => new SubscriptionCommand.Resume(),
        20 => new SubscriptionCommand.ChangeBillingDate(clock.GetCurrentInstant() + Duration.FromDays(dice.Next(1, 20)), null),
        21 => new SubscriptionCommand.GiveRecurrences(1),
        22 => new SubscriptionCommand.RefundInvoice(dice.Next(1, 4), dice.Next(1, 900), dice.Next(2) == 0, "sorry"),
        23 => new SubscriptionCommand.RequestSlip(),
        _ => new SubscriptionCommand.RecordUsage(
            [new UsageEntry($"{key}-1", "calls", dice.Next(90), null, null), new UsageEntry($"{key}-2", "users", 0, null, $"user-{dice.Next(4)}"), new UsageEntry($"{key}-2", "users", 0, null, "user-0")]),
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
        var owed = new List<BalanceDelta>();
        var collected = new Dictionary<string, long>(StringComparer.Ordinal);
        var refunded = new Dictionary<string, long>(StringComparer.Ordinal);
        var (invoices, creditNotes, messages) = (0, 0, 0);
        foreach (var id in Journal.Ids)
        {
            var history = ReadHistory(id);
            var state = Recount(history, recomputed, owed);
            Happened.UnionWith(history.Select(e => e.GetType().Name));
            invoices += history.Count(e => e is SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.InvoiceIssued);
            creditNotes += history.Count(e => e is SubscriptionEvent.RefundSucceeded or SubscriptionEvent.CreditGranted);
            messages += history.Count(e => e is SubscriptionEvent.RenewalAlerted or SubscriptionEvent.SlipIssued or SubscriptionEvent.SlipReminded);
            foreach (var refund in history.OfType<SubscriptionEvent.RefundSucceeded>()) refunded.Add($"{id}:{refund.Invoice}:refund-{refund.Refund}", refund.Amount);
            AuditState(id, state);
            foreach (var checkpoint in Journal.CheckpointsOf(id))
            {
                var then = SubscriptionEvolution.Fold(history.Take((int)checkpoint.Sequence))!;
                Assert.Equal(SubscriptionCodec.Encode(then, CommandMemory.Empty), checkpoint.State);
                Assert.Equal(then.UpdatedAt, checkpoint.At);
            }

            AuditInvoices(id, history, collected);
            AuditAcknowledged(id, history);
        }

        Assert.Equal(Moved(refunds: false), collected);
        Assert.Equal(Moved(refunds: true), refunded);
        Assert.Equal(Sum(recomputed), Sum(Journal.Deltas));
        Assert.Equal(Sum(owed), Sum(Journal.Balances));
        Assert.Equal(invoices, Journal.Documents.Count(one => one.Document.Kind == DocumentKind.Invoice));
        Assert.Equal(creditNotes, Journal.Documents.Count(one => one.Document.Kind == DocumentKind.CreditNote));
        Assert.Equal(Journal.Documents.Count, Journal.Documents.Distinct().Count());
        Assert.Equal(messages, Journal.Messages.Count);
    }

    /// <summary>The state after a history, and what its events add to statistics and balances.</summary>
    private Subscription Recount(IReadOnlyList<SubscriptionEvent> history, List<StatisticDelta> deltas, List<BalanceDelta> owed)
    {
        Subscription? state = null;
        var terms = sold.Single(one => one.Offer.Id == ((SubscriptionEvent.Subscribed)history[0]).OfferId);
        foreach (var e in history)
        {
            var next = SubscriptionEvolution.Evolve(state, e);
            var nextTerms = e is SubscriptionEvent.PlanChanged changed ? sold.Single(one => one.Offer.Id == changed.OfferId) : terms;
            StatisticRules.Collect(state, e, next, terms, nextTerms, deltas);
            owed.AddRange(Postings.Of(e).Where(posting => posting.Party is not null).Select(posting => new BalanceDelta(new BalanceKey("seller-1", posting.Party!, "BRL"), -posting.Amount)));
            state = next;
            terms = nextTerms;
        }

        return state!;
    }

    /// <summary>What the provider's book says that it moved.</summary>
    private Dictionary<string, long> Moved(bool refunds) => Provider.Book
        .Where(entry => entry.Value.Outcome is PaymentOutcome.Succeeded && entry.Key.Contains("refund", StringComparison.Ordinal) == refunds)
        .ToDictionary(entry => entry.Key, entry => entry.Value.Amount);

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
        SubscriptionCommand.ChangePlan => e is SubscriptionEvent.PlanChanged or SubscriptionEvent.PlanChangeScheduled,
        SubscriptionCommand.Pause => e is SubscriptionEvent.Paused or SubscriptionEvent.PauseScheduled or SubscriptionEvent.PauseEndMoved,
        SubscriptionCommand.Resume => e is SubscriptionEvent.Resumed or SubscriptionEvent.PauseUndone,
        SubscriptionCommand.ChangeBillingDate => e is SubscriptionEvent.BillingDateChanged,
        SubscriptionCommand.GiveRecurrences => e is SubscriptionEvent.DiscountGranted,
        SubscriptionCommand.RefundInvoice => e is SubscriptionEvent.RefundRequested or SubscriptionEvent.CreditGranted,
        SubscriptionCommand.RequestSlip => e is SubscriptionEvent.ChargeRequested,
        SubscriptionCommand.RecordUsage x => e is SubscriptionEvent.UsageRecorded recorded && recorded.Entries[0].Id == x.Entries[0].Id,
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
        Assert.True(state.Charge is null or { Slip: not null }, $"{id} has a charge in flight.");
        Assert.Equal(state.OfferId, Journal.Directory(id).OfferId);
    }

    private static void AuditInvoices(string id, IReadOnlyList<SubscriptionEvent> history, Dictionary<string, long> collected)
    {
        var invoices = InvoiceBook.Fold(history);

        // A period that began with a change of which nothing was paid comes again.
        var counted = invoices.Where(invoice => invoice.Status is not (InvoiceStatus.Void or InvoiceStatus.Uncollectible)).Select(invoice => invoice.Number).ToHashSet();
        var recurrences = history.OfType<SubscriptionEvent.RecurrenceStarted>().Where(recurrence => counted.Contains(recurrence.Invoice.Number)).ToList();
        Assert.Equal(recurrences.Count, recurrences.Select(recurrence => recurrence.Period.Index).Distinct().Count());
        foreach (var invoice in invoices)
        {
            Assert.Equal(invoice.Total, invoice.Lines.Sum(line => line.Amount));
            var paid = invoice.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded);
            Assert.True(paid <= 1 || invoice.Parts > 0, $"{id} invoice {invoice.Number} was paid {paid} times.");
            Assert.True(invoice.Paid <= Math.Max(0, invoice.Total), $"{id} invoice {invoice.Number} of {invoice.Total} was paid {invoice.Paid}.");
            foreach (var capture in invoice.Captures) collected.Add($"{id}:{invoice.Number}:{capture.Attempt}", capture.Amount);
        }
    }

    private IReadOnlyList<SubscriptionEvent> ReadHistory(string id)
    {
        var events = Journal.ReadEventsAsync(id, 0, int.MaxValue, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return [.. events.Select(SubscriptionCodec.Decode)];
    }

    private static Dictionary<string, long> Sum(IEnumerable<StatisticDelta> deltas) => deltas
        .GroupBy(delta => $"{delta.Day} {delta.OfferId} {delta.Metric} {delta.Slice}")
        .Select(group => (group.Key, Value: group.Sum(delta => delta.Value)))
        .Where(sum => sum.Value != 0)
        .ToDictionary(sum => sum.Key, sum => sum.Value);

    private static Dictionary<BalanceKey, long> Sum(IEnumerable<BalanceDelta> deltas) => deltas
        .GroupBy(delta => delta.Key)
        .Select(group => (group.Key, Value: group.Sum(delta => delta.Amount)))
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
