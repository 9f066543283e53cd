using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Money;

public sealed class PostingTests
{
    public static TheoryData<string, Account, Account> Bookings => new()
    {
        { nameof(Postings.Issued), Account.Receivable, Account.Revenue },
        { nameof(Postings.Paid), Account.Provider, Account.Receivable },
        { nameof(Postings.Refunded), Account.Refunds, Account.Provider },
        { nameof(Postings.Voided), Account.Revenue, Account.Receivable },
        { nameof(Postings.WrittenOff), Account.BadDebt, Account.Receivable },
    };

    [Theory]
    [MemberData(nameof(Bookings))]
    public void A_booking_debits_one_account_and_credits_another(string booking, Account debited, Account credited) =>
        Assert.Equal([new Posting(debited, 2990), new Posting(credited, -2990)], Book(booking, 2990).AsEnumerable());

    [Theory]
    [MemberData(nameof(Bookings))]
    public void Nothing_is_booked_for_nothing(string booking, Account debited, Account credited)
    {
        Assert.NotEqual(debited, credited);
        Assert.Empty(Book(booking, 0));
    }

    private static ImmutableArray<Posting> Book(string booking, long amount) => booking switch
    {
        nameof(Postings.Issued) => Postings.Issued(new IssuedInvoice(1, [], amount)),
        nameof(Postings.Paid) => Postings.Paid(amount, []),
        nameof(Postings.Refunded) => Postings.Refunded(amount, 0, []),
        nameof(Postings.Voided) => Postings.Voided(new ClosedInvoice(1, amount)),
        _ => Postings.WrittenOff(new ClosedInvoice(1, amount)),
    };
}
