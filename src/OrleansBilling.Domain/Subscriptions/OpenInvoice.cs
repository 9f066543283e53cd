using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// An invoice that is owed, with its own dunning. An automatic attempt is due at <see cref="NextAttemptAt"/>; without
/// one it waits for another payment method or a manual retry until <see cref="GiveUpAt"/>.
/// </summary>
public sealed record OpenInvoice
{
    /// <summary>Number within the subscription.</summary>
    public required int Number { get; init; }

    /// <summary>The recurrence that it pays for.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Owed, in minor units.</summary>
    public required long Total { get; init; }

    /// <summary>Collected so far, in minor units, of an invoice that is paid in parts.</summary>
    public long Paid { get; init; }

    /// <summary>Whether it is for something else than a recurrence: a change, a moved billing date, last usage.</summary>
    public bool Extra { get; init; }

    /// <summary>Whether it is for a recurrence after the first of its term.</summary>
    public bool Renewal { get; init; }

    /// <summary>The total before credit was applied, in minor units.</summary>
    public long Gross { get; init; }

    /// <summary>
    /// What unused time took off it, with the tax on that, in minor units: it paid for a part of the service before any
    /// money did.
    /// </summary>
    public long Unused { get; init; }

    /// <summary>Tax in it, in minor units.</summary>
    public long Tax { get; init; }

    /// <summary>What it bills for meters, so that this can go back to them should it be voided.</summary>
    public ImmutableArray<BilledUsage> Usage { get; init; } = [];

    /// <summary>Monthly parts in which it is paid; 0 for at once.</summary>
    public int Parts { get; init; }

    /// <summary>Parts that were paid.</summary>
    public int PartsPaid { get; init; }

    /// <summary>Local date and time at which the first part was due; the others follow by the month.</summary>
    public LocalDateTime? PartsFrom { get; init; }

    /// <summary>
    /// What a change made while this was owed left unused of it, in minor units net of tax: it becomes credit once this
    /// is paid, for nobody has credit for what was not paid.
    /// </summary>
    public long UnusedWhenPaid { get; init; }

    /// <summary>What the next attempt asks for: the next part, or all that is owed.</summary>
    public long NextAmount => Parts == 0 ? Total - Paid : Math.Min(Total - Paid, Installments.PartOf(Total, Parts, PartsPaid + 1));

    /// <summary>Refunds asked for of money that came for it late; the next one's number follows.</summary>
    public int Refunds { get; init; }

    /// <summary>Whether its last attempt was a voucher that was not paid: another one may be asked for.</summary>
    public bool VoucherUnpaid { get; init; }

    /// <summary>Attempts made, of every kind.</summary>
    public int Attempts { get; init; }

    /// <summary>Automatic retries made.</summary>
    public int Retries { get; init; }

    /// <summary>When it was tried first, or fell overdue without an attempt; the dunning window opens here.</summary>
    public Instant? FirstAttemptAt { get; init; }

    /// <summary>When it is tried next by itself.</summary>
    public Instant? NextAttemptAt { get; init; }

    /// <summary>When dunning ends without a further attempt (hard decline, no payment method).</summary>
    public Instant? GiveUpAt { get; init; }

    /// <summary>Whether it is overdue: declined, or not tried when it was due for want of a usable payment method.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether dunning has ended; only a manual retry or a new payment method tries it again.</summary>
    public bool Exhausted { get; init; }

    /// <summary>The provider's last decline code.</summary>
    public string? LastCode { get; init; }
}
