using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>The charges in the journal of a run, to compare with those of the payment provider.</summary>
/// <param name="keepsKeys">Whether to keep every key, for a comparison with a provider's own book.</param>
internal sealed class ChargeBook(bool keepsKeys)
{
    private readonly HashSet<int> paidInvoices = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private int present = -1;

    public long Charged { get; private set; }

    /// <summary>Invoices collected more than once.</summary>
    public long Twice { get; private set; }

    /// <summary>Adds an event. Events must come grouped by subscription.</summary>
    public void Add(in ReplayedEvent replayed)
    {
        if (replayed.Number != present)
        {
            present = replayed.Number;
            paidInvoices.Clear();
        }

        if (replayed.Event is SubscriptionEvent.ChargeSucceeded charge) Note(replayed.Number, charge.Invoice, charge.Attempt);
        else if (replayed.Event is SubscriptionEvent.LatePaymentReceived late) Note(replayed.Number, late.Invoice, late.Attempt);
    }

    /// <summary>Compares with the ledger that stands between runtime and provider.</summary>
    public IEnumerable<RunCheck> Compare(ProviderLedger ledger)
    {
        yield return RunCheck.None("invoices that the provider charged twice", ledger.Twice);
        yield return RunCheck.Same("invoices that the provider charged and that the journal shows as paid", ledger.Charged, Charged);
    }

    /// <summary>Compares with the provider's own book: both must hold the same keys.</summary>
    /// <param name="succeeded">The keys of all charges that succeeded at the provider.</param>
    public IEnumerable<RunCheck> Compare(IReadOnlyCollection<string> succeeded)
    {
        yield return RunCheck.None(
            "invoices charged twice according to the provider's book",
            succeeded.Count - succeeded.Select(InvoiceOf).Distinct(StringComparer.Ordinal).LongCount());
        yield return RunCheck.None(
            $"charges in the provider's book that the journal lacks, of {succeeded.Count:N0}", succeeded.Count(key => !keys.Contains(key)));
        yield return RunCheck.None(
            "charges of the journal that the provider's book lacks", keys.Except(succeeded, StringComparer.Ordinal).LongCount());
    }

    private void Note(int number, int invoice, int attempt)
    {
        Charged++;
        if (!paidInvoices.Add(invoice)) Twice++;
        if (keepsKeys) keys.Add(PaymentKeys.Charge(Subscriptions.Id(number), invoice, attempt));
    }

    private static string InvoiceOf(string key) => key[..key.LastIndexOf(':')];
}
