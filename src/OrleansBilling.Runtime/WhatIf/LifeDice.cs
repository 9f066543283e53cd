using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// The random events of one subscription. Every roll follows from the seed and its subject. Both runs of a simulation
/// roll the same dice, so they differ by the change, not by luck.
/// </summary>
internal readonly struct LifeDice(long seed, string subscriptionId)
{
    /// <summary>Certainty; chances are expressed in parts of it.</summary>
    public const long Certain = 1_000_000_000;

    private const int ForPayments = 1;
    private const int ForChurn = 2;
    private const int ForSample = 3;

    private readonly ulong payments = SeededDice.Roll(seed, subscriptionId, ForPayments);
    private readonly ulong churn = SeededDice.Roll(seed, subscriptionId, ForChurn);

    /// <summary>Converts thousandths of a percent to a chance.</summary>
    public static long ChanceOf(int milliPercent) => milliPercent * (Certain / Assumptions.Whole);

    /// <summary>Whether a payment attempt on an invoice succeeds.</summary>
    public bool Pays(int invoice, int attempt, long chance) => Part(SeededDice.Roll(payments, invoice, attempt)) < chance;

    /// <summary>Whether the customer decides to leave in this month.</summary>
    public bool Leaves(int month, long chance) => Part(SeededDice.Roll(churn, month, 0)) < chance;

    /// <summary>Whether the subscription belongs to a sample of about <paramref name="taken"/> out of <paramref name="of"/>.</summary>
    public static bool Samples(long seed, string subscriptionId, long taken, long of) =>
        Part(SeededDice.Roll(seed, subscriptionId, ForSample)) < (Int128)Certain * taken / of;

    private static long Part(ulong roll) => (long)Math.BigMul(roll, (ulong)Certain, out _);
}
