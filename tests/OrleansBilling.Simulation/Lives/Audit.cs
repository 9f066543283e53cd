using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Simulation.Laws;
using OrleansBilling.Simulation.Seeded;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Simulation.Lives;

/// <summary>
/// Checks everything that a world leaves behind against the laws: its journal, the provider's book and the acknowledgments.
/// <see cref="JournalAudit"/> has the laws that apply to any database.
/// </summary>
internal sealed class Audit(
    SimulatedJournal journal, SimulatedProvider provider, AuditedStores stores, IReadOnlyCollection<Acknowledged> acknowledged,
    LawBook laws)
{
    /// <summary>Anything due for longer was missed. A shorter delay is normal: the last process may have just started.</summary>
    private static readonly Duration LateMax = Duration.FromHours(4);

    /// <summary>Checks everything and adds the types of events that it found.</summary>
    /// <exception cref="AuditException">A law that applies to any database does not hold.</exception>
    /// <exception cref="BrokenLawException">Another law does not hold.</exception>
    public async Task RunAsync(Instant now, HashSet<string> happened)
    {
        var report = await JournalAudit.RunAsync(stores, now - LateMax, Moved(refunds: false), CancellationToken.None);
        laws.Count(report.LawsChecked);
        var refunded = new Dictionary<string, long>(StringComparer.Ordinal);
        var (invoices, creditNotes, messages) = (0, 0, 0);
        foreach (var (id, life) in report.Lives)
        {
            var history = life.Events;
            happened.UnionWith(history.Select(e => e.GetType().Name));
            invoices += history.Count(e => e is SubscriptionEvent.RecurrenceStarted or SubscriptionEvent.InvoiceIssued);
            creditNotes += history.Count(e => e is SubscriptionEvent.RefundSucceeded or SubscriptionEvent.CreditGranted);
            messages += history.Count(
                e => e is SubscriptionEvent.RenewalAlerted or SubscriptionEvent.VoucherIssued or SubscriptionEvent.VoucherReminded);
            foreach (var refund in history.OfType<SubscriptionEvent.RefundSucceeded>())
                refunded.Add($"{id}:{refund.Invoice}:refund-{refund.Refund}", refund.Amount);
            AuditState(id, life.State);
            AuditCheckpoints(id, history);
            foreach (var invoice in life.Invoices)
                laws.Same(invoice.Total, invoice.Lines.Sum(line => line.Amount), $"The lines of {id} invoice {invoice.Number} add up");
            AuditAcknowledged(id, history);
        }

        laws.SameEntries(Moved(refunds: true), refunded, "The provider's refunds equal the refund events");
        laws.Same(invoices, journal.Documents.Count(one => one.Document.Kind == DocumentKind.Invoice), "Each invoice is a document");
        laws.Same(
            creditNotes, journal.Documents.Count(one => one.Document.Kind == DocumentKind.CreditNote),
            "Each refund and credit is a credit note");
        laws.Same(journal.Documents.Count, journal.Documents.Distinct().Count(), "No document is stored twice");
        laws.Same(messages, journal.Messages.Count, "Each notice is sent once");
    }

    private void AuditCheckpoints(string id, IReadOnlyList<SubscriptionEvent> history)
    {
        foreach (var checkpoint in journal.CheckpointsOf(id))
        {
            var then = SubscriptionEvolution.Fold(history.Take((int)checkpoint.Sequence))!;
            laws.Hold(
                SubscriptionCodec.Encode(then, CommandMemory.Empty).AsSpan().SequenceEqual(checkpoint.State),
                $"The checkpoint of {id} at {checkpoint.Sequence} is the state that its events give.");
            laws.Same(then.UpdatedAt, checkpoint.At, $"The checkpoint of {id} at {checkpoint.Sequence} has its time");
        }
    }

    /// <summary>What the provider moved, according to its book.</summary>
    private Dictionary<string, long> Moved(bool refunds) => provider.Book
        .Where(entry =>
            entry.Value.Outcome is PaymentOutcome.Succeeded && entry.Key.Contains("refund", StringComparison.Ordinal) == refunds)
        .ToDictionary(entry => entry.Key, entry => entry.Value.Amount);

    /// <summary>
    /// Each acknowledged command has its own commit, which ends at the acknowledged version. Usage is different: its
    /// repeats are recognized by record ids, so a repeat is acknowledged with a version that already counts them.
    /// </summary>
    private void AuditAcknowledged(string id, IReadOnlyList<SubscriptionEvent> history)
    {
        var told = acknowledged.Where(entry => entry.SubscriptionId == id).ToList();
        foreach (var (_, version, command) in told)
        {
            laws.Hold(version >= 1 && version <= history.Count, $"{id} has the version {version} that was acknowledged to a caller.");
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

    /// <summary>A command that moves a pause's end to where it already is needs no commit.</summary>
    private static bool AsksForWhatIs(SubscriptionCommand command, SubscriptionCommand other) =>
        command is SubscriptionCommand.Pause { At: EffectiveAt.Now, Until: not null } && command == other;

    private static bool Shows(SubscriptionEvent e, SubscriptionCommand command) => command switch
    {
        SubscriptionCommand.Subscribe x => e is SubscriptionEvent.Subscribed subscribed && subscribed.OfferId == x.Terms.Offer.Id,
        SubscriptionCommand.Cancel x =>
            e is SubscriptionEvent.Canceled || (x.At == EffectiveAt.PeriodEnd && e is SubscriptionEvent.CancellationScheduled),
        SubscriptionCommand.Uncancel => e is SubscriptionEvent.CancellationUndone,
        SubscriptionCommand.Reactivate x => e is SubscriptionEvent.Reactivated reactivated && reactivated.ChargeNow == x.ChargeNow,
        SubscriptionCommand.Retry or SubscriptionCommand.RetryInvoice => e is SubscriptionEvent.ChargeRequested,
        SubscriptionCommand.ChangePaymentMethod x => e is SubscriptionEvent.PaymentMethodChanged changed && changed.Token == x.Token,
        SubscriptionCommand.ChangeMetadata x => e is SubscriptionEvent.MetadataChanged { Metadata: { } now } && ShowsAll(now, x.Changes),
        SubscriptionCommand.SendMessage x => e is SubscriptionEvent.MessageSent sent && sent.Message == x.Id,
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

    private static bool ShowsAll(ImmutableSortedDictionary<string, string> metadata, ImmutableSortedDictionary<string, string?> changes) =>
        changes.All(change => metadata.GetValueOrDefault(change.Key) == change.Value);

    private void AuditState(string id, Subscription state)
    {
        laws.Same(DueWork.Next(state)?.At, journal.DueAt(id), $"{id} is due when its state says so");
        laws.Same(state.Status, journal.Directory(id).Status, $"The directory knows the status of {id}");
        laws.Same(state.OfferId, journal.Directory(id).OfferId, $"The directory knows the offer of {id}");
        laws.Hold(state.Charge is null or { Voucher: not null }, $"{id} has a charge in flight.");
        laws.Hold(state.Refunds.IsEmpty, $"{id} has a refund in flight.");
    }
}
