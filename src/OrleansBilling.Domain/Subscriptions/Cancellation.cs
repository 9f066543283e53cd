using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Who canceled, or asked to cancel.</summary>
public enum CancellationOrigin
{
    /// <summary>The subscriber.</summary>
    Customer,

    /// <summary>The marketplace's operator.</summary>
    Administrator,

    Seller,

    /// <summary>
    /// The billing rules: dunning was exhausted, the trial ended without a payment method, a charge was charged back, or too
    /// many invoices were open.
    /// </summary>
    System,
}

/// <summary>A cancellation, scheduled or done.</summary>
/// <param name="Comment">Free text from whoever canceled.</param>
public sealed record Cancellation(CancellationOrigin Origin, string? Reason, string? Comment)
{
    /// <summary>True unless the system canceled.</summary>
    public bool Voluntary => Origin != CancellationOrigin.System;
}

/// <summary>A cancellation that takes effect at a later instant.</summary>
public sealed record ScheduledCancellation(Instant At, Cancellation Cancellation);
