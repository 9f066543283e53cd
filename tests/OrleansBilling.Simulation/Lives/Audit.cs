using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Simulation.Laws;
using OrleansBilling.Simulation.Seeded;

namespace OrleansBilling.Simulation.Lives;

/// <summary>
/// The laws, held against everything that a world left behind: its journal, the provider's book, and what callers were
/// told.
/// </summary>
internal sealed class Audit(
    SimulatedJournal journal, SimulatedProvider provider, OfferTerms[] sold, IReadOnlyCollection<Acknowledged> acknowledged, Instant now,
    LawBook laws)
{
    /// <summary>Checks all, and adds the types of events that it met.</summary>
    /// <exception cref="BrokenLawException">A law does not hold.</exception>
    public void Run(HashSet<string> happened)
    {
        var recomputed = new List<StatisticDelta>();
        var owed = new List<BalanceDelta>();
        var collected = new Dictionary<string, long>(StringComparer.Ordinal);
        var refunded = new Dictionary<string, long>(StringComparer.Ordinal);
        var (invoices, creditNotes, messages) = (0, 0, 0);
        foreach (var id in journal.Ids)
        {
            var history = ReadHistory(id);
            var state = Recount(history, recomputed, owed);
            happened.UnionWith(history.Select(e => e.GetType().Name));
            invoices += history.Count(e => e is SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.InvoiceIssued);
            creditNotes += history.Count(e => e is SubscriptionEvent.RefundSucceeded or SubscriptionEvent.CreditGranted);
            messages += history.Count(
                e => e is SubscriptionEvent.RenewalAlerted or SubscriptionEvent.VoucherIssued or SubscriptionEvent.VoucherReminded);
            foreach (var refund in history.OfType<SubscriptionEvent.RefundSucceeded>())
                refunded.Add($"{id}:{refund.Invoice}:refund-{refund.Refund}", refund.Amount);
            AuditState(id, state);
            foreach (var checkpoint in journal.CheckpointsOf(id))
            {
                var then = SubscriptionEvolution.Fold(history.Take((int)checkpoint.Sequence))!;
                laws.Hold(
                    SubscriptionCodec.Encode(then, CommandMemory.Empty).AsSpan().SequenceEqual(checkpoint.State),
                    $"The checkpoint of {id} at {checkpoint.Sequence} is the state that its events give.");
                laws.Same(then.UpdatedAt, checkpoint.At, $"The checkpoint of {id} at {checkpoint.Sequence} bears its time");
            }

            AuditInvoices(id, history, collected);
            AuditAcknowledged(id, history);
        }

        laws.SameEntries(Moved(refunds: false), collected, "What the provider collected is what invoices say");
        laws.SameEntries(Moved(refunds: true), refunded, "What the provider paid back is what refunds say");
        laws.SameEntries(Sum(recomputed), Sum(journal.Deltas), "Statistics are what the events add up to");
        laws.SameEntries(Sum(owed), Sum(journal.Balances), "Balances are what the postings add up to");
        laws.Same(invoices, journal.Documents.Count(one => one.Document.Kind == DocumentKind.Invoice), "Each invoice is a document");
        laws.Same(
            creditNotes, journal.Documents.Count(one => one.Document.Kind == DocumentKind.CreditNote),
            "Each refund and credit is a credit note");
        laws.Same(journal.Documents.Count, journal.Documents.Distinct().Count(), "No document comes twice");
        laws.Same(messages, journal.Messages.Count, "Each notice is sent once");
    }

    /// <summary>The state after a history, and what its events add to statistics and balances.</summary>
    private Subscription Recount(List<SubscriptionEvent> history, List<StatisticDelta> deltas, List<BalanceDelta> owed)
    {
        Subscription? state = null;
        var terms = sold.Single(one => one.Offer.Id == ((SubscriptionEvent.Subscribed)history[0]).OfferId);
        foreach (var e in history)
        {
            var next = SubscriptionEvolution.Evolve(state, e);
            var nextTerms = e is SubscriptionEvent.PlanChanged changed ? sold.Single(one => one.Offer.Id == changed.OfferId) : terms;
            StatisticRules.Collect(state, e, next, terms, nextTerms, deltas);
            owed.AddRange(
                Postings.Of(e).Where(posting => posting.Party is not null)
                    .Select(posting => new BalanceDelta(new BalanceKey("seller-1", posting.Party!, "BRL"), -posting.Amount)));
            state = next;
            terms = nextTerms;
        }

        return state!;
    }

    /// <summary>What the provider's book says that it moved.</summary>
    private Dictionary<string, long> Moved(bool refunds) => provider.Book
        .Where(entry =>
            entry.Value.Outcome is PaymentOutcome.Succeeded && entry.Key.Contains("refund", StringComparison.Ordinal) == refunds)
        .ToDictionary(entry => entry.Key, entry => entry.Value.Amount);

    /// <summary>
    /// Each acknowledged command has a commit of its own, which ends with the version that its caller was told. Usage is
    /// repeated by the ids of its records: a caller who repeats it is told a version by which they are counted.
    /// </summary>
    private void AuditAcknowledged(string id, List<SubscriptionEvent> history)
    {
        var told = acknowledged.Where(entry => entry.SubscriptionId == id).ToList();
        foreach (var (_, version, command) in told)
        {
            laws.Hold(version >= 1 && version <= history.Count, $"{id} has the version {version} that a caller was told.");
            var commit = history.Take((int)version);
            if (command is not SubscriptionCommand.RecordUsage)
                commit = commit.Reverse().TakeWhile(e => e.At == history[(int)version - 1].At);
            laws.Hold(commit.Any(e => Shows(e, command)), $"{id} at {version} shows the {command.GetType().Name} that was acknowledged.");
        }

        foreach (var commit in told.Where(entry => entry.Command is not SubscriptionCommand.RecordUsage).GroupBy(entry => entry.Version))
        {
            var commands = commit.Select(entry => entry.Command).ToList();
            var names = string.Join(" and ", commands.Select(command => command.GetType().Name));
            laws.Hold(
                commands.Count == 1 || commands.All(command => AsksForWhatIs(command, commands[0])),
                $"{id} at {commit.Key} is the commit of each of {names}.");
        }
    }

    /// <summary>Who moves the end of a pause to where it is already needs no commit.</summary>
    private static bool AsksForWhatIs(SubscriptionCommand command, SubscriptionCommand other) =>
        command is SubscriptionCommand.Pause { At: EffectiveAt.Now, Until: not null } && command == other;

    private static bool Shows(SubscriptionEvent e, SubscriptionCommand command) => command switch
    {
        SubscriptionCommand.Subscribe x => e is SubscriptionEvent.Subscribed subscribed && subscribed.OfferId == x.Terms.Offer.Id,
        SubscriptionCommand.Cancel x =>
            e is SubscriptionEvent.Canceled || (x.At == EffectiveAt.PeriodEnd && e is SubscriptionEvent.CancellationScheduled),
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
        SubscriptionCommand.RequestVoucher => e is SubscriptionEvent.ChargeRequested,
        SubscriptionCommand.RecordUsage x => e is SubscriptionEvent.UsageRecorded recorded && recorded.Entries[0].Id == x.Entries[0].Id,
        SubscriptionCommand.EndTrial => e is SubscriptionEvent.TrialEndMoved or SubscriptionEvent.RecurrenceStarted,
        _ => false,
    };

    private void AuditState(string id, Subscription state)
    {
        var stored = journal.LoadAsync(id, CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
        var (snapshot, memory) = SubscriptionCodec.Decode(stored.State);
        laws.Hold(
            SubscriptionCodec.Encode(state, memory).AsSpan().SequenceEqual(SubscriptionCodec.Encode(snapshot, memory)),
            $"The snapshot of {id} is the state that its events give.");
        laws.Same(state.Version, stored.Version, $"{id} is stored under its version");
        laws.Same(DueWork.Next(state)?.At, journal.DueAt(id), $"{id} is due when its state says so");
        laws.Same(state.Status, journal.Directory(id).Status, $"The directory knows the status of {id}");
        laws.Hold(!(journal.DueAt(id) <= now - Duration.FromHours(4)), $"{id} missed what was due at {journal.DueAt(id)}.");
        laws.Hold(state.Charge is null or { Voucher: not null }, $"{id} has a charge in flight.");
        laws.Hold(state.Refunds.IsEmpty, $"{id} has a refund in flight.");
        laws.Same(state.OfferId, journal.Directory(id).OfferId, $"The directory knows the offer of {id}");
    }

    private void AuditInvoices(string id, List<SubscriptionEvent> history, Dictionary<string, long> collected)
    {
        var invoices = InvoiceBook.Fold(history);

        // A period that began with a change of which nothing was paid comes again.
        var counted = invoices.Where(invoice => invoice.Status is not (InvoiceStatus.Void or InvoiceStatus.Uncollectible))
            .Select(invoice => invoice.Number).ToHashSet();
        var recurrences = history.OfType<SubscriptionEvent.RecurrenceStarted>()
            .Where(recurrence => counted.Contains(recurrence.Invoice.Number)).ToList();
        laws.Same(
            recurrences.Count, recurrences.Select(recurrence => recurrence.Period.Index).Distinct().Count(),
            $"{id} is billed once for each period");
        foreach (var invoice in invoices)
        {
            laws.Same(invoice.Total, invoice.Lines.Sum(line => line.Amount), $"The lines of {id} invoice {invoice.Number} add up");
            var paid = invoice.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded);
            laws.Hold(paid <= 1 || invoice.Parts > 0, $"{id} invoice {invoice.Number} was paid {paid} times.");
            laws.Hold(
                invoice.Paid <= Math.Max(0, invoice.Total), $"{id} invoice {invoice.Number} of {invoice.Total} was paid {invoice.Paid}.");
            foreach (var capture in invoice.Captures) collected.Add($"{id}:{invoice.Number}:{capture.Attempt}", capture.Amount);
        }
    }

    private List<SubscriptionEvent> ReadHistory(string id)
    {
        var events = journal.ReadEventsAsync(id, 0, int.MaxValue, CancellationToken.None).AsTask().GetAwaiter().GetResult();
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
}
