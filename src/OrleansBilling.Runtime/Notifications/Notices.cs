using System.Text.Json;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Notifications;

/// <summary>Decides which events the outside world hears of, and builds their outbox messages.</summary>
public static class Notices
{
    /// <summary>The current name of a message type that may be stored under an old name.</summary>
    public static string TypeOf(OutboxMessage stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return OldNames.Renew(stored.Type);
    }

    internal static OutboxMessage? Of(SubscriptionEvent e, long sequence, Subscription after, OfferTerms terms)
    {
        return e switch
        {
            SubscriptionEvent.RenewalAlerted x =>
                Message("renewal_alert", Notice(x.Amount) with { RenewsAt = x.RenewsAt, Total = x.Total }),
            SubscriptionEvent.VoucherIssued x => Message("voucher_issued", OfVoucher(x.Invoice, x.Attempt)),
            SubscriptionEvent.VoucherReminded x => Message("voucher_reminder", OfVoucher(x.Invoice, x.Attempt)),
            _ => null,
        };

        OutboxMessage Message(string type, Notice notice) =>
            new(sequence, type, terms.Product.SellerId, e.At, JsonSerializer.SerializeToUtf8Bytes(notice, DomainJson.Options));

        Notice Notice(long amount) => new(after.Id, terms.Product.Id, after.Customer.WithoutPerson(), amount, terms.Offer.Currency);

        Notice OfVoucher(int invoice, int attempt) => Notice(after.Charge!.Amount) with
        {
            Invoice = invoice, Attempt = attempt, ExpiresAt = after.Charge.Voucher!.ExpiresAt, Reference = after.Charge.Voucher.Reference,
        };
    }
}

/// <summary>The body of a message; null where a field does not apply.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Customer">The customer to notify.</param>
/// <param name="Amount">
/// The amount to pay, in minor units. For a renewal it is what is known now, without later usage; if the
/// renewal is paid in parts, the first part.
/// </param>
/// <param name="Currency">ISO 4217 code.</param>
internal sealed record Notice(string SubscriptionId, string ProductId, Customer Customer, long Amount, string Currency)
{
    public Instant? RenewsAt { get; init; }

    /// <summary>The total of a renewal that is paid in parts, in minor units.</summary>
    public long? Total { get; init; }

    public int? Invoice { get; init; }

    /// <summary>The payment attempt that issued the voucher.</summary>
    public int? Attempt { get; init; }

    /// <summary>The first instant at which the voucher is no longer valid.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>The reference that the customer pays with.</summary>
    public string? Reference { get; init; }
}
