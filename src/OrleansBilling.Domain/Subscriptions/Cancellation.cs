using NodaTime;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Who canceled.</summary>
public enum CancellationOrigin
{
    /// <summary>The subscriber.</summary>
    Customer,

    /// <summary>The marketplace's operator.</summary>
    Administrator,

    /// <summary>The seller.</summary>
    Seller,

    /// <summary>Dunning was exhausted, or the trial ended without a payment method.</summary>
    System,
}

/// <summary>A cancellation, asked for or done.</summary>
/// <param name="Origin">Who canceled.</param>
/// <param name="Reason">A reason code.</param>
/// <param name="Comment">In the canceller's words.</param>
public sealed record Cancellation(CancellationOrigin Origin, string? Reason, string? Comment)
{
    /// <summary>Whether somebody wanted it; a cancellation by the system is involuntary.</summary>
    public bool Voluntary => Origin != CancellationOrigin.System;
}

/// <summary>A cancellation that will happen.</summary>
/// <param name="At">When.</param>
/// <param name="Cancellation">By whom and why.</param>
public sealed record ScheduledCancellation(Instant At, Cancellation Cancellation);
