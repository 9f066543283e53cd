using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Lists the invoices of all subscriptions, newest first. The list is derived from the journal and follows its commits within a second
/// (<see cref="IListProjection"/>).
/// </summary>
public interface IInvoiceList
{
    /// <summary>Up to <paramref name="limit"/> matching invoices after a mark; null while the list is being rebuilt.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<ListedInvoice>?> ListAsync(
        InvoiceFilter filter, InvoiceMark? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which invoices to list. Several values mean any of them; an empty list means all.</summary>
public sealed record InvoiceFilter
{
    /// <summary>Statuses to display: a disputed invoice is not among those that are paid.</summary>
    public ImmutableArray<InvoiceStatus> Statuses { get; init; } = [];

    public ImmutableArray<string> SellerIds { get; init; } = [];

    public ImmutableArray<string> CustomerIds { get; init; } = [];

    public ImmutableArray<string> SubscriptionIds { get; init; } = [];

    /// <summary>Numbers in the series of a seller. Each seller has its own.</summary>
    public ImmutableArray<long> Numbers { get; init; } = [];

    /// <summary>The first instant of creation.</summary>
    public Instant? CreatedFrom { get; init; }

    /// <summary>The first instant of creation that is not listed any more.</summary>
    public Instant? CreatedTo { get; init; }

    /// <summary>Whether to list what is overdue, or what is not; null for both.</summary>
    public bool? Overdue { get; init; }
}

/// <summary>An invoice's place in the list, which is ordered by these, all descending.</summary>
public readonly record struct InvoiceMark(Instant CreatedAt, string SubscriptionId, int Number)
{
    public static InvoiceMark Of(BilledInvoice billed)
    {
        ArgumentNullException.ThrowIfNull(billed);
        return new(billed.Invoice.CreatedAt, billed.SubscriptionId, billed.Invoice.Number);
    }
}

/// <summary>An invoice, and what is not known from its subscription's events about invoices alone.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Overdue">
/// Whether it is open and an attempt to collect it was declined, or was not possible when due because there was no usable payment method.
/// </param>
public sealed record BilledInvoice(
    string SubscriptionId, string SellerId, string CustomerId, string Currency, bool Overdue, Invoice Invoice);

/// <summary>An invoice in the list.</summary>
/// <param name="Number">The number in the seller's series; null until it is assigned.</param>
public readonly record struct ListedInvoice(BilledInvoice Billed, long? Number);
