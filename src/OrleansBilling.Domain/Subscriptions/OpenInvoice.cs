using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// An unpaid invoice with its own dunning. The next automatic attempt is due at <see cref="NextAttemptAt"/>. If there is none,
/// the invoice waits until <see cref="GiveUpAt"/> for another payment method or a manual retry.
/// </summary>
public sealed record OpenInvoice
{
    public required int Number { get; init; }

    /// <summary>The period that it pays for.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Amount to collect, in minor units, after credit.</summary>
    public required long Total { get; init; }

    /// <summary>Collected so far, in minor units, for an invoice that is paid in parts.</summary>
    public long Paid { get; init; }

    /// <summary>Whether it is not for a recurrence but for a change, a moved billing date or final usage.</summary>
    public bool Extra { get; init; }

    /// <summary>Whether it is for a recurrence after the first of the term.</summary>
    public bool Renewal { get; init; }

    /// <summary>The total before credit, in minor units.</summary>
    public long Gross { get; init; }

    /// <summary>
    /// What unused time took off the total, including its tax, in minor units. This part of the service was already paid before.
    /// </summary>
    public long Unused { get; init; }

    /// <summary>Tax included, in minor units.</summary>
    public long Tax { get; init; }

    /// <summary>The usage that it bills. It goes back to the meters if the invoice is voided.</summary>
    public ImmutableArray<BilledUsage> Usage { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for all at once.</summary>
    public int Parts { get; init; }

    public int PartsPaid { get; init; }

    /// <summary>Local date and time at which the first part was due. The others follow monthly.</summary>
    public LocalDateTime? PartsFrom { get; init; }

    /// <summary>
    /// The part that a change left unused while the invoice was unpaid, in minor units net of tax. It becomes credit once the
    /// invoice is paid, because nobody gets credit for something unpaid.
    /// </summary>
    public long UnusedWhenPaid { get; init; }

    /// <summary>The amount of the next attempt: the next part, or everything still owed.</summary>
    public long NextAmount => Parts == 0 ? Total - Paid : Math.Min(Total - Paid, Installments.PartOf(Total, Parts, PartsPaid + 1));

    /// <summary>Number of refunds of late money requested so far. The next refund gets the next number.</summary>
    public int Refunds { get; init; }

    /// <summary>Whether its last attempt was a voucher that expired unpaid. The customer may ask for another one.</summary>
    public bool VoucherUnpaid { get; init; }

    /// <summary>Number of attempts made, of any kind.</summary>
    public int Attempts { get; init; }

    /// <summary>Number of automatic retries made.</summary>
    public int Retries { get; init; }

    /// <summary>When it was first tried, or became overdue without an attempt. The dunning window starts here.</summary>
    public Instant? FirstAttemptAt { get; init; }

    /// <summary>When the next automatic attempt is due; null for none.</summary>
    public Instant? NextAttemptAt { get; init; }

    /// <summary>When dunning ends without another attempt (after a hard decline, or without a payment method).</summary>
    public Instant? GiveUpAt { get; init; }

    /// <summary>Whether an attempt was declined, or was not possible when due because there was no usable payment method.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether dunning has ended. Only a manual retry or a new payment method triggers another attempt.</summary>
    public bool Exhausted { get; init; }

    /// <summary>The provider's last decline code.</summary>
    public string? LastCode { get; init; }
}
