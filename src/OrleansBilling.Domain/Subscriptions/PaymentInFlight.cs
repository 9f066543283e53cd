using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>The direction of a payment.</summary>
public enum PaymentKind
{
    /// <summary>From the customer.</summary>
    Charge,

    /// <summary>Back to the customer.</summary>
    Refund,
}

/// <summary>
/// A payment that was requested and has no known outcome yet. Its idempotency key never changes, so the provider can safely be
/// asked again. The subscription does so at <see cref="AskAt"/>; this recovers from a crash between commit and call.
/// </summary>
public sealed record PaymentInFlight
{
    public required PaymentKind Kind { get; init; }

    public required int Invoice { get; init; }

    /// <summary>The number of the attempt within the invoice, or of the refund.</summary>
    public required int Attempt { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The payment method's token when the payment was requested. A later change of method does not affect it.</summary>
    public required string Token { get; init; }

    public required Instant RequestedAt { get; init; }

    /// <summary>Whether it is a scheduled retry. Only those count against the policy's maximum of retries.</summary>
    public bool ScheduledRetry { get; init; }

    /// <summary>How often the provider was asked so far.</summary>
    public int Asks { get; init; } = 1;

    /// <summary>When to ask again if the outcome is still unknown.</summary>
    public required Instant AskAt { get; init; }

    /// <summary>For a refund: the attempt that collected the money.</summary>
    public int ChargeAttempt { get; init; }

    /// <summary>For a refund: the tax included, in minor units.</summary>
    public long Tax { get; init; }

    /// <summary>For a refund: what each party gives back of its share.</summary>
    public ImmutableArray<PartyShare> Shares { get; init; } = [];

    /// <summary>For a refund: the index of the recurrence that the money had paid for; 0 for money that nobody owed.</summary>
    public int Period { get; init; }

    /// <summary>For a refund: minor units that the service gives back, if they do not follow from <see cref="Period"/>.</summary>
    public long? OfService { get; init; }

    /// <summary>For a refund: the number of the running service's invoice when the refund was requested.</summary>
    public int ServiceInvoice { get; init; }

    /// <summary>The voucher that the customer got; null for payments without one.</summary>
    public PaymentVoucher? Voucher { get; init; }
}

/// <summary>A voucher (boleto, Pix). The charge waits until the voucher is paid or expires.</summary>
/// <param name="ExpiresAt">First instant at which it is no longer valid.</param>
/// <param name="RemindAt">When the customer is reminded; null for never, or if already done.</param>
/// <param name="Reference">The provider's reference that the customer pays with; null if the provider gave none.</param>
public sealed record PaymentVoucher(Instant ExpiresAt, Instant? RemindAt, string? Reference);
