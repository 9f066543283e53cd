using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The outcome of a payment, as reported by the provider.</summary>
internal enum ConfirmedOutcome
{
    Succeeded,
    Declined,
}

/// <summary>POST /v1/payments/confirm. <c>key</c> is the key of our charge request, <c>subscription:invoice:attempt</c>.</summary>
internal sealed record ConfirmPaymentBody
{
    /// <summary>The charge's key, subscription:invoice:attempt.</summary>
    public required string Key { get; init; }

    /// <summary>How the charge ended.</summary>
    public required ConfirmedOutcome Outcome { get; init; }

    /// <summary>The provider's decline code; only allowed with outcome declined.</summary>
    [ReasonCode]
    public string? Code { get; init; }

    /// <summary>Whether no retry can succeed; only allowed with outcome declined. False by default.</summary>
    public bool? Hard { get; init; }
}

/// <summary>
/// POST /v1/payments/chargebacks. Either the customer's bank took back what was paid under <c>key</c>: all of it, or <c>amount</c>,
/// never more than is left. Or the dispute was decided: <c>won</c> returns the money, <c>lost</c> does not.
/// </summary>
internal sealed record ChargebackBody
{
    /// <summary>The charge's key, subscription:invoice:attempt.</summary>
    public required string Key { get; init; }

    /// <summary>Minor units that the bank took; all that is left if left out.</summary>
    [Bounds(1, long.MaxValue)]
    public long? Amount { get; init; }

    /// <summary>Open by default.</summary>
    public DisputeStatus? Outcome { get; init; }

    /// <summary>The bank's reason code.</summary>
    [Text(FieldLimits.ChargebackReasonCharactersMax)]
    public string? Reason { get; init; }
}

/// <summary>A charge that the customer's bank took back, in full or in part.</summary>
/// <param name="Id">The charge's key: the subscription's id, the invoice's number within it, and the attempt.</param>
/// <param name="SubscriptionId">The subscription.</param>
/// <param name="SellerId">Who sells the subscription's product.</param>
/// <param name="CustomerId">Whose bank took it back.</param>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="Attempt">The attempt that had collected the money.</param>
/// <param name="Status">Open until decided. If won, the money was returned.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units that the bank took.</param>
/// <param name="CreditTaken">Minor units of the subscription's credit that were set off against it.</param>
/// <param name="Reason">The bank's reason code.</param>
/// <param name="OpenedAt">When it was recorded.</param>
/// <param name="ClosedAt">When it was decided.</param>
internal sealed record ChargebackDocument(
    string Id,
    string SubscriptionId,
    string SellerId,
    string CustomerId,
    int Invoice,
    int Attempt,
    DisputeStatus Status,
    string Currency,
    long Amount,
    long CreditTaken,
    string? Reason,
    Instant OpenedAt,
    Instant? ClosedAt)
{
    public static ChargebackDocument From(Chargeback chargeback, SubscriptionTexts texts) => new(
        IdOf(chargeback.SubscriptionId, chargeback.Invoice, chargeback.Attempt),
        chargeback.SubscriptionId,
        chargeback.SellerId,
        chargeback.CustomerId,
        chargeback.Invoice,
        chargeback.Attempt,
        chargeback.Status,
        chargeback.Currency,
        chargeback.Amount,
        chargeback.CreditTaken,
        texts.ReasonOf(chargeback),
        chargeback.OpenedAt,
        chargeback.ClosedAt);

    public static string IdOf(string subscriptionId, int invoice, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{subscriptionId}:{invoice}:{attempt}");
}

/// <summary>A page of chargebacks: those of one subscription oldest first, those of all newest first.</summary>
internal sealed record ChargebackPage(ImmutableArray<ChargebackDocument> Data, string? NextCursor);
