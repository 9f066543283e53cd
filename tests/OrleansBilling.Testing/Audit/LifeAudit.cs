using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Testing.Audit;

/// <summary>
/// Checks one subscription after the other: its events have no gap up to the stored version, its snapshot equals the fold of
/// the events, and no invoice and no period is paid twice.
/// </summary>
internal sealed class LifeAudit(IJournal journal, SubscriptionReader reader, Recount recount, BrokenLaws laws)
{
    private readonly Dictionary<string, Int128> collected = new(StringComparer.Ordinal);

    /// <summary>Amounts collected, by the permanent key of the charge.</summary>
    public IReadOnlyDictionary<string, Int128> Collected => collected;

    public async Task<AuditedLife> RunAsync(StoredSubscription stored, CancellationToken cancellationToken)
    {
        var id = stored.SubscriptionId;
        var events = new List<SubscriptionEvent>();
        Subscription? state = null;
        OfferTerms? terms = null;
        foreach (var e in await journal.ReadEventsAsync(id, 0, int.MaxValue, cancellationToken))
        {
            laws.Require(e.Sequence == events.Count + 1, $"Event {events.Count + 1} of {id} has the sequence {e.Sequence}.");
            var happened = SubscriptionCodec.Decode(e);
            var next = SubscriptionEvolution.Evolve(state, happened);
            var nextTerms = await reader.TermsOfAsync(next, cancellationToken);
            recount.Add(state, terms, happened, next, nextTerms);
            events.Add(happened);
            (state, terms) = (next, nextTerms);
        }

        var (snapshot, memory) = SubscriptionCodec.Decode(stored.State);
        laws.Require(stored.Version == events.Count, $"{id} is stored with version {stored.Version}, with {events.Count} events.");
        laws.Require(
            SubscriptionCodec.Encode(state!, memory).AsSpan().SequenceEqual(SubscriptionCodec.Encode(snapshot with { Id = id }, memory)),
            $"The snapshot of {id} differs from the fold of its events.");
        var invoices = InvoiceBook.Fold(events);
        CheckInvoices(id, invoices);
        CheckPeriods(id, events, invoices);
        return new AuditedLife(state!, events, invoices);
    }

    /// <summary>A period that began with an unpaid change may occur again.</summary>
    private void CheckPeriods(string id, List<SubscriptionEvent> events, IReadOnlyList<Invoice> invoices)
    {
        var counted = invoices.Where(invoice => invoice.Status is not (InvoiceStatus.Void or InvoiceStatus.Uncollectible))
            .Select(invoice => invoice.Number).ToHashSet();
        var periods = events.OfType<SubscriptionEvent.RecurrenceStarted>()
            .Where(recurrence => counted.Contains(recurrence.Invoice.Number)).Select(recurrence => recurrence.Period.Index).ToList();
        laws.Require(periods.Count == periods.Distinct().Count(), $"{id} was billed for a period twice.");
    }

    private void CheckInvoices(string id, IReadOnlyList<Invoice> invoices)
    {
        foreach (var invoice in invoices)
        {
            var paid = invoice.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Succeeded);
            laws.Require(paid <= 1 || invoice.Parts > 0, $"Invoice {invoice.Number} of {id} was paid {paid} times.");
            laws.Require(
                invoice.Paid <= Math.Max(0, invoice.Total),
                $"Invoice {invoice.Number} of {id} has a total of {invoice.Total}, but {invoice.Paid} was paid.");
            foreach (var capture in invoice.Captures)
                collected.Add(PaymentKeys.Charge(id, invoice.Number, capture.Attempt), capture.Amount);
        }
    }
}
