namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>What a caller is told of a charge or refund.</summary>
internal sealed record PaymentAnswer(string Key, BookedOutcome Outcome, string? Code, bool Hard, long Amount, string Currency, DateTime At)
{
    /// <summary>What a voucher is paid by; null for what is none, or is settled.</summary>
    public string? Reference => Outcome == BookedOutcome.Pending ? $"voucher-{Key}" : null;
}

/// <summary>Why nothing was booked.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Field">The field at fault; null when none is.</param>
/// <param name="Detail">For people.</param>
internal sealed record Refusal(int Status, string Code, string? Field, string Detail);

/// <summary>An answer, or a refusal; exactly one of them.</summary>
internal sealed record BookAnswer
{
    private BookAnswer()
    {
    }

    /// <summary>What was booked; null when it was refused.</summary>
    public PaymentAnswer? Payment { get; private init; }

    /// <summary>How often the key was asked for, this time included.</summary>
    public int Asks { get; private init; }

    /// <summary>Why nothing was booked; null when it was.</summary>
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
