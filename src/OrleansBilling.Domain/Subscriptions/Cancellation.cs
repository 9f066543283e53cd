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
/// <param name="Comment">
/// The text of whoever canceled, as an older release stored it. It is personal data, so today it stands in a row of its own.
/// </param>
public sealed record Cancellation(CancellationOrigin Origin, string? Reason, string? Comment)
{
    /// <summary>The sequence under which the comment is stored; null if there is none.</summary>
    public long? CommentSequence { get; init; }

    /// <summary>Without the text of an older release, which the commit stores under this sequence.</summary>
    public Cancellation WithoutText(long sequence) => Comment is null ? this : this with { Comment = null, CommentSequence = sequence };

    /// <summary>True unless the system canceled.</summary>
    public bool Voluntary => Origin != CancellationOrigin.System;
}

/// <summary>A cancellation that takes effect at a later instant.</summary>
public sealed record ScheduledCancellation(Instant At, Cancellation Cancellation);
