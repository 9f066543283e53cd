namespace OrleansBilling.Domain.Catalog;

/// <summary>A reward for staying: after so many paid recurrences, the next ones are cheaper.</summary>
/// <param name="AfterRecurrences">Paid recurrences that earn it, from 1.</param>
/// <param name="Reduction">What it takes off.</param>
/// <param name="Recurrences">For how many recurrences.</param>
/// <param name="Repeats">Whether it is earned again after as many more; otherwise once.</param>
public sealed record LoyaltyReward(int AfterRecurrences, PriceReduction Reduction, int Recurrences, bool Repeats);
