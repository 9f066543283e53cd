using System.Text.Json.Serialization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>What became of the money, or what the caller is told of it.</summary>
internal enum BookedOutcome
{
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>A voucher that nobody has paid yet.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Only ever told, never booked.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>An outcome with its code, as it stands in the book.</summary>
/// <param name="Outcome">What became of the money.</param>
/// <param name="Code">Why; null when the money moved.</param>
/// <param name="Hard">Whether trying again cannot help.</param>
internal readonly record struct Verdict(BookedOutcome Outcome, string? Code, bool Hard)
{
    public static readonly Verdict Confirmed = new(BookedOutcome.Succeeded, null, false);

    /// <summary>What is told instead, when the caller shall not know yet.</summary>
    public static readonly Verdict Untold = new(BookedOutcome.Unknown, TokenOutcomes.Untold.Code, false);

    /// <summary>Soft: the customer may well pay the next voucher.</summary>
    public static readonly Verdict Expired = new(BookedOutcome.Declined, "voucher_expired", false);

    /// <summary>What the book says for an outcome: nothing is unknown to it, only pending.</summary>
    public static Verdict Of(PaymentOutcome outcome) => outcome switch
    {
        PaymentOutcome.Succeeded => Confirmed,
        PaymentOutcome.Declined declined => new Verdict(BookedOutcome.Declined, declined.Code, declined.Hard),
        PaymentOutcome.Pending => new Verdict(BookedOutcome.Pending, "pending", false),
        _ => throw new InvalidOperationException($"{outcome} is not known."),
    };
}
