using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>What moves money at the provider.</summary>
public enum PaymentKind
{
    /// <summary>From the customer.</summary>
    Charge,

    /// <summary>Back to the customer.</summary>
    Refund,
}

/// <summary>
/// A payment that was requested and whose outcome is not known yet. The permanent key makes asking again harmless; the
/// subscription wakes at <see cref="AskAt"/> to do so, which heals a crash between commit and call.
/// </summary>
public sealed record PaymentInFlight
{
    /// <summary>Charge or refund.</summary>
    public required PaymentKind Kind { get; init; }

    /// <summary>The invoice's number.</summary>
    public required int Invoice { get; init; }

    /// <summary>The attempt's number within the invoice; for a refund, the refund's.</summary>
    public required int Attempt { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The payment method's token at the time of request; a later change does not touch it.</summary>
    public required string Token { get; init; }

    /// <summary>When it was requested.</summary>
    public required Instant RequestedAt { get; init; }

    /// <summary>Whether it is a scheduled retry, and so counts against the policy's number of retries.</summary>
    public bool ScheduledRetry { get; init; }

    /// <summary>How often the provider was asked.</summary>
    public int Asks { get; init; } = 1;

    /// <summary>When to ask again unless the outcome is known by then.</summary>
    public required Instant AskAt { get; init; }

    /// <summary>For a refund, the attempt that collected the money.</summary>
    public int ChargeAttempt { get; init; }

    /// <summary>For a refund, tax in it, in minor units.</summary>
    public long Tax { get; init; }

    /// <summary>For a refund, what each party gives back of its share.</summary>
    public ImmutableArray<PartyShare> Shares { get; init; } = [];

    /// <summary>For a refund, index of the recurrence that the money had paid for; 0 for money that nobody owed.</summary>
    public int Period { get; init; }

    /// <summary>For a refund, minor units that the service gives back, where <see cref="Period"/> does not say it.</summary>
    public long? OfService { get; init; }

    /// <summary>For a refund, the number of the service's invoice when it was asked for.</summary>
    public int ServiceInvoice { get; init; }

    /// <summary>The voucher that the customer was given; null for payments without one.</summary>
    public PaymentVoucher? Voucher { get; init; }
}

/// <summary>A voucher (boleto, Pix): the charge waits until somebody pays it or it expires.</summary>
/// <param name="ExpiresAt">First instant at which it is no longer good.</param>
/// <param name="RemindAt">When the customer is reminded; null for never, or done.</param>
/// <param name="Reference">What the customer pays by, as the provider named it; null where it named nothing.</param>
public sealed record PaymentVoucher(Instant ExpiresAt, Instant? RemindAt, string? Reference);
