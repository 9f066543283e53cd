namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>Totals of the book. Amounts are in minor units, by currency.</summary>
internal sealed class BookSummary
{
    public long Charges { get; private set; }

    public long Succeeded { get; private set; }

    public long Declined { get; private set; }

    public long Pending { get; private set; }

    /// <summary>Collected amounts, before refunds.</summary>
    public SortedDictionary<string, Int128> AmountByCurrency { get; } = new(StringComparer.Ordinal);

    /// <summary>Refunded amounts.</summary>
    public SortedDictionary<string, Int128> RefundedByCurrency { get; } = new(StringComparer.Ordinal);

    public void Add(string currency, BookedOutcome outcome, long charges, Int128 amount, Int128 refunded)
    {
        Charges += charges;
        switch (outcome)
        {
            case BookedOutcome.Succeeded:
                Succeeded += charges;
                AmountByCurrency[currency] = amount;
                RefundedByCurrency[currency] = refunded;
                break;
            case BookedOutcome.Declined:
                Declined += charges;
                break;
            case BookedOutcome.Pending:
                Pending += charges;
                break;
            default:
                throw new InvalidOperationException($"{outcome} is never booked.");
        }
    }
}
