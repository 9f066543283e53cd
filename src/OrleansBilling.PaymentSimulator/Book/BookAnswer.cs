namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>The answer to a charge or refund.</summary>
internal sealed record PaymentAnswer(string Key, BookedOutcome Outcome, string? Code, bool Hard, long Amount, string Currency, DateTime At)
{
    /// <summary>The reference to pay a voucher with; null if it is not a voucher or is settled.</summary>
    public string? Reference => Outcome == BookedOutcome.Pending ? $"voucher-{Key}" : null;
}

/// <summary>Why nothing was booked.</summary>
/// <param name="Code">A stable code for programs.</param>
/// <param name="Field">The field at fault; null if there is none.</param>
/// <param name="Detail">Text for people.</param>
internal sealed record Refusal(int Status, string Code, string? Field, string Detail);

/// <summary>Either an answer or a refusal.</summary>
internal sealed record BookAnswer
{
    private BookAnswer()
    {
    }

    /// <summary>What was booked; null if the request was refused.</summary>
    public PaymentAnswer? Payment { get; private init; }

    /// <summary>How often the key was requested, including this time.</summary>
    public int Asks { get; private init; }

    /// <summary>Why nothing was booked; null if it was.</summary>
    public Refusal? Refusal { get; private init; }

    public static BookAnswer Of(BookedCharge charge, Verdict told) => new()
    {
        Payment = new(charge.Key, told.Outcome, told.Code, told.Hard, charge.Amount, charge.Currency, charge.At),
        Asks = charge.Asks,
    };

    public static BookAnswer Of(BookedRefund refund) => new()
    {
        Payment = new(refund.Key, refund.Outcome, refund.Code, refund.Hard, refund.Amount, refund.Currency, refund.At),
        Asks = refund.Asks,
    };

    public static BookAnswer Refused(int status, string code, string? field, string detail) =>
        new() { Refusal = new Refusal(status, code, field, detail) };
}
