using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Lists;

/// <summary>What the list says of a subscription's invoices. Pure: a snapshot and an invoice in, a row out.</summary>
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
}
