using System.Text.Json.Serialization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>What happened to the money, or what the caller is told about it.</summary>
internal enum BookedOutcome
{
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>A voucher that is not paid yet.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Only sent to callers, never booked.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>A booked outcome with its code.</summary>
/// <param name="Code">Why; null if the money moved.</param>
/// <param name="Hard">Whether a retry cannot help.</param>
internal readonly record struct Verdict(BookedOutcome Outcome, string? Code, bool Hard)
{
    public static readonly Verdict Confirmed = new(BookedOutcome.Succeeded, null, false);

    /// <summary>Sent instead of the booked outcome while the caller must not know it yet.</summary>
    public static readonly Verdict Untold = new(BookedOutcome.Unknown, TokenOutcomes.Untold.Code, false);

    /// <summary>A soft decline, because the customer may pay the next voucher.</summary>
    public static readonly Verdict Expired = new(BookedOutcome.Declined, "voucher_expired", false);

    /// <summary>The outcome to book. The book knows pending, but never unknown.</summary>
    public static Verdict Of(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Succeeded => Confirmed,
        PaymentOutcome.Declined declined => new Verdict(BookedOutcome.Declined, declined.Code, declined.Hard),
        PaymentOutcome.Pending => new Verdict(BookedOutcome.Pending, "pending", false),
        _ => throw new InvalidOperationException($"Unknown payment outcome: {outcome}."),
    };
}
