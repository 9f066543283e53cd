using System.Collections.Immutable;

namespace OrleansBilling.Domain.Billing;

/// <summary>The accounts between which money moves.</summary>
public enum Account
{
    /// <summary>What the customer owes.</summary>
    Receivable,

    /// <summary>What the seller earned.</summary>
    Revenue,

    /// <summary>What the payment provider holds for us.</summary>
    Provider,

    /// <summary>What was given back.</summary>
    Refunds,

    /// <summary>What was owed and will not come.</summary>
    BadDebt,
}

/// <summary>One leg of a balanced booking: a debit is positive, a credit negative.</summary>
/// <param name="Account">Where the money is booked.</param>
/// <param name="Amount">Minor units of the subscription's currency.</param>
public readonly record struct Posting(Account Account, long Amount);

/// <summary>Balanced bookings: the legs of each sum to zero.</summary>
public static class Postings
{
    /// <summary>An invoice was issued: the customer owes, the seller earned.</summary>
    public static ImmutableArray<Posting> Issued(long total) => Transfer(Account.Revenue, Account.Receivable, total);

    /// <summary>A charge succeeded: the provider holds what the customer owed.</summary>
    public static ImmutableArray<Posting> Paid(long amount) => Transfer(Account.Receivable, Account.Provider, amount);

    /// <summary>Money was given back through the provider.</summary>
    public static ImmutableArray<Posting> Refunded(long amount) => Transfer(Account.Provider, Account.Refunds, amount);

    /// <summary>An open invoice was taken back, as if it had never been issued.</summary>
    public static ImmutableArray<Posting> Voided(long total) => Transfer(Account.Receivable, Account.Revenue, total);

    /// <summary>An open invoice was given up.</summary>
    public static ImmutableArray<Posting> WrittenOff(long total) => Transfer(Account.Receivable, Account.BadDebt, total);

    private static ImmutableArray<Posting> Transfer(Account from, Account to, long amount) =>
        amount == 0 ? [] : [new Posting(to, amount), new Posting(from, -amount)];
}
