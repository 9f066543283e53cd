using System.Globalization;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>Changes of payment method over subscriptions picked at random, to a token picked at random.</summary>
/// <param name="first">The number of the first subscription that may be picked.</param>
/// <param name="count">How many may be picked.</param>
/// <param name="seed">Picks.</param>
internal sealed class SteadyCommands(int first, int count, long seed) : IWorkload
{
    private const int SubscriptionDice = 0;
    private const int TokenDice = 1;

    // Nobody is charged with them meanwhile.
    private static readonly string[] Tokens = [
        .. Enumerable.Range(1, 99).Select(number => string.Create(CultureInfo.InvariantCulture, $"tok_decline_{number}"))];
    private readonly LoadDice dice = new(seed);

    public LoadCommand? Next(long number) => new LoadCommand(
        LoadKind.PaymentMethod, first + dice.Below(count, number, SubscriptionDice),
        Token: Tokens[dice.Below(Tokens.Length, number, TokenDice)]);
}
