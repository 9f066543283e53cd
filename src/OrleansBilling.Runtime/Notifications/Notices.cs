using System.Text.Json;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Notifications;

/// <summary>Which events somebody outside is to be told of, and what: the messages of the outbox.</summary>
public static class Notices
{
    /// <summary>Today's name of a type of message that may be stored under an older one.</summary>
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

        Notice Notice(long amount) => new(after.Id, terms.Product.Id, after.Customer, amount, terms.Offer.Currency);

        Notice OfVoucher(int invoice, int attempt) => Notice(after.Charge!.Amount) with
        {
            Invoice = invoice, Attempt = attempt, ExpiresAt = after.Charge.Voucher!.ExpiresAt, Reference = after.Charge.Voucher.Reference,
        };
    }
}

/// <summary>What a message says; null where nothing applies.</summary>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="ProductId">Its product.</param>
/// <param name="Customer">Who is to be told.</param>
/// <param name="Amount">What is to be paid, in minor units; for a renewal as things stand, usage to come excepted: of
/// what is paid in parts the first.</param>
/// <param name="Currency">ISO 4217 code.</param>
internal sealed record Notice(string SubscriptionId, string ProductId, Customer Customer, long Amount, string Currency)
{
    /// <summary>When the subscription renews.</summary>
    public Instant? RenewsAt { get; init; }

    /// <summary>What all parts of the renewal come to, in minor units, where it is paid in parts.</summary>
    public long? Total { get; init; }

    /// <summary>The invoice that the voucher pays.</summary>
    public int? Invoice { get; init; }

    /// <summary>The attempt that issued the voucher.</summary>
    public int? Attempt { get; init; }

    /// <summary>First instant at which the voucher is no longer good.</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>What the customer pays by.</summary>
    public string? Reference { get; init; }
}
