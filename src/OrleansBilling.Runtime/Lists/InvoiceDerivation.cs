using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>What the list says of a subscription's invoices. Pure: a snapshot and its events in, invoices out.</summary>
public static class InvoiceDerivation
{
    /// <param name="view">The subscription, as of the same version as the invoice.</param>
    /// <param name="invoice">One of its invoices.</param>
    public static BilledInvoice Of(SubscriptionView view, Invoice invoice)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(invoice);
        var (state, terms) = view;
        return new BilledInvoice(
            state.Id, terms.Product.SellerId, state.Customer.Id, terms.Offer.Currency,
            state.FindOpenInvoice(invoice.Number) is { Overdue: true }, invoice);
    }

    /// <summary>All invoices of a history, whose events are complete but for usage; null if it ends before the snapshot does.</summary>
    public static IReadOnlyList<BilledInvoice>? TryAll(SubscriptionView view, IReadOnlyList<StoredEvent> events)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0 || events[^1].Sequence < view.State.Version) return null;
        var invoices = new List<Invoice>();
        foreach (var stored in events)
        {
            if (stored.Sequence > view.State.Version) break;
            InvoiceBook.Apply(invoices, SubscriptionCodec.Decode(stored));
        }

        return All(view, invoices);
    }

    public static IReadOnlyList<BilledInvoice> All(SubscriptionView view, IReadOnlyList<Invoice> invoices) =>
        [.. invoices.Select(invoice => Of(view, invoice))];
}
