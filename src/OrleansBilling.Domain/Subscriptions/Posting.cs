using System.Collections.Immutable;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Domain.Subscriptions;

public enum Account
{
    /// <summary>What the customer owes.</summary>
    Receivable,

    /// <summary>Earned money, net of tax.</summary>
    Revenue,

    /// <summary>What the payment provider holds for us.</summary>
    Provider,

    /// <summary>Money refunded, or owed back.</summary>
    Refunds,

    /// <summary>Money owed that will not be collected.</summary>
    BadDebt,

    /// <summary>Tax owed to the authorities.</summary>
    Tax,

    /// <summary>The customer's credit.</summary>
    CustomerCredit,

    /// <summary>Money that customers' banks took back.</summary>
    Chargebacks,

    /// <summary>Collected money that was shared out to parties. It balances all payables.</summary>
    Distribution,

    /// <summary>Money owed to a party of the revenue split.</summary>
    Payable,
}

/// <summary>One leg of a balanced booking. A debit is positive, a credit negative.</summary>
/// <param name="Amount">Minor units of the subscription's currency.</param>
/// <param name="Party">The party that is owed, for <see cref="Account.Payable"/>; null otherwise.</param>
public readonly record struct Posting(Account Account, long Amount, string? Party = null);

/// <summary>Balanced bookings: the legs of each sum to zero.</summary>
public static class Postings
{
    /// <summary>
    /// An invoice was issued. The customer owes its total, credit is used (or granted for a negative total), and everything but
    /// tax is revenue.
    /// </summary>
    public static ImmutableArray<Posting> Issued(IssuedInvoice invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        var credit = invoice.CreditChange;
        var tax = invoice.Tax;
        if (credit == 0 && tax == 0) return Transfer(Account.Revenue, Account.Receivable, invoice.Total);
        var owed = Math.Max(0, invoice.Total);
        return Legs(
            new Posting(Account.Receivable, owed),
            new Posting(Account.CustomerCredit, -credit),
            new Posting(Account.Tax, -tax),
            new Posting(Account.Revenue, credit + tax - owed));
    }

    /// <summary>A charge succeeded. The provider holds the money that the customer owed, and each party gets its share.</summary>
    public static ImmutableArray<Posting> Paid(long amount, ImmutableArray<PartyShare> shares) =>
        [.. Transfer(Account.Receivable, Account.Provider, amount), .. SharedOut(shares, 1)];

    /// <summary>Money came that was not owed any more. It is owed back.</summary>
    public static ImmutableArray<Posting> PaidLate(long amount) => Transfer(Account.Refunds, Account.Provider, amount);

    /// <summary>Money was refunded through the provider. Each party gives its share back.</summary>
    public static ImmutableArray<Posting> Refunded(long amount, long tax, ImmutableArray<PartyShare> shares) =>
        [.. Legs(new Posting(Account.Refunds, amount - tax), new Posting(Account.Tax, tax), new Posting(Account.Provider, -amount)),
            .. SharedOut(shares, -1)];

    /// <summary>Collected money became credit. Each party gives its share back.</summary>
    public static ImmutableArray<Posting> Credited(long amount, long tax, ImmutableArray<PartyShare> shares) =>
        [.. Legs(new Posting(Account.Refunds, amount - tax), new Posting(Account.Tax, tax), new Posting(Account.CustomerCredit, -amount)),
            .. SharedOut(shares, -1)];

    /// <summary>
    /// The customer's bank took a charge back. The customer's credit is set off against it, and each party gives its share back.
    /// </summary>
    public static ImmutableArray<Posting> ChargedBack(long amount, ImmutableArray<PartyShare> shares, long creditTaken = 0) =>
        [
            .. Legs(new Posting(Account.Chargebacks, amount - creditTaken), new Posting(Account.CustomerCredit, creditTaken),
                new Posting(Account.Provider, -amount)),
            .. SharedOut(shares, -1),
        ];

    /// <summary>A dispute was won. Reverses what <see cref="ChargedBack"/> booked.</summary>
    public static ImmutableArray<Posting> ChargebackWon(long amount, ImmutableArray<PartyShare> shares, long creditReturned = 0) =>
        [.. ChargedBack(amount, shares, creditReturned).Select(posting => posting with { Amount = -posting.Amount })];

    /// <summary>
    /// An open invoice, or its unpaid rest, was voided, as if it had never been issued. Credit that it used is returned.
    /// </summary>
    public static ImmutableArray<Posting> Voided(ClosedInvoice closed) => Closed(closed, Account.Revenue);

    /// <summary>An open invoice was given up. Credit that it used is returned.</summary>
    public static ImmutableArray<Posting> WrittenOff(ClosedInvoice closed) => Closed(closed, Account.BadDebt);

    /// <summary>
    /// Merges postings into one leg per account and party: accounts first, then parties, each in order of first appearance. Legs
    /// that cancel out are dropped. Stored events read postings as an object keyed by account, so each account may appear only once.
    /// </summary>
    public static ImmutableArray<Posting> Summed(IEnumerable<Posting> postings)
    {
        ArgumentNullException.ThrowIfNull(postings);
        var accounts = new List<Posting>();
        var parties = new List<Posting>();
        foreach (var posting in postings) Add(posting.Party is null ? accounts : parties, posting);
        return [.. accounts.Concat(parties).Where(posting => posting.Amount != 0)];
    }

    /// <summary>The postings of an event; empty for events that move no money.</summary>
    public static ImmutableArray<Posting> Of(SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.RecurrenceStarted x => x.Postings,
        SubscriptionEvent.InvoiceIssued x => x.Postings,
        SubscriptionEvent.InvoiceReduced x => x.Postings,
        SubscriptionEvent.ChargeSucceeded x => x.Postings,
        SubscriptionEvent.LatePaymentReceived x => x.Postings,
        SubscriptionEvent.Canceled x => x.Postings,
        SubscriptionEvent.Expired x => x.Postings,
        SubscriptionEvent.InvoiceClosed x => x.Postings,
        SubscriptionEvent.RefundSucceeded x => x.Postings,
        SubscriptionEvent.CreditGranted x => x.Postings,
        SubscriptionEvent.ChargedBack x => x.Postings,
        SubscriptionEvent.ChargebackClosed x => x.Postings,
        SubscriptionEvent.ChangeVoided x => x.Postings,
        _ => [],
    };

    /// <summary>What each party gets from these postings, in minor units.</summary>
    public static ImmutableArray<PartyShare> SharesOf(ImmutableArray<Posting> postings) =>
        [.. postings.Where(posting => posting.Account == Account.Payable)
            .Select(posting => new PartyShare(posting.Party!, -posting.Amount))];

    private static void Add(List<Posting> legs, Posting posting)
    {
        for (var n = 0; n < legs.Count; n++)
        {
            if (legs[n].Account != posting.Account || legs[n].Party != posting.Party) continue;
            legs[n] = posting with { Amount = checked(legs[n].Amount + posting.Amount) };
            return;
        }

        legs.Add(posting);
    }

    private static ImmutableArray<Posting> Closed(ClosedInvoice closed, Account other)
    {
        ArgumentNullException.ThrowIfNull(closed);
        return Legs(
            new Posting(other, closed.Total + closed.Credit - closed.Tax),
            new Posting(Account.Tax, closed.Tax),
            new Posting(Account.CustomerCredit, -closed.Credit),
            new Posting(Account.Receivable, -closed.Total));
    }

    private static ImmutableArray<Posting> SharedOut(ImmutableArray<PartyShare> shares, int sign)
    {
        if (shares.IsEmpty) return [];
        var legs = ImmutableArray.CreateBuilder<Posting>(shares.Length + 1);
        legs.Add(new Posting(Account.Distribution, sign * shares.Sum(share => share.Amount)));
        foreach (var share in shares) legs.Add(new Posting(Account.Payable, -sign * share.Amount, share.PartyId));
        return legs.MoveToImmutable();
    }

    private static ImmutableArray<Posting> Legs(params ReadOnlySpan<Posting> legs)
    {
        var booked = ImmutableArray.CreateBuilder<Posting>(legs.Length);
        foreach (var leg in legs)
        {
            if (leg.Amount != 0) booked.Add(leg);
        }

        return booked.ToImmutable();
    }

    private static ImmutableArray<Posting> Transfer(Account from, Account to, long amount) =>
        amount == 0 ? [] : [new Posting(to, amount), new Posting(from, -amount)];
}
