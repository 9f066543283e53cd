namespace OrleansBilling.Domain.Catalog;

/// <summary>A reward for staying: after a number of paid recurrences, the next ones cost less.</summary>
/// <param name="AfterRecurrences">Paid recurrences needed to earn it, at least 1.</param>
/// <param name="Recurrences">Number of recurrences that the reduction applies to.</param>
/// <param name="Repeats">Whether it can be earned again after the same number of further paid recurrences.</param>
public sealed record LoyaltyReward(int AfterRecurrences, PriceReduction Reduction, int Recurrences, bool Repeats);
