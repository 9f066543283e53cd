using System.Globalization;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>Changes payment methods to random tokens on random subscriptions.</summary>
/// <param name="first">The lowest number of a subscription.</param>
/// <param name="count">The number of subscriptions to choose from.</param>
/// <param name="seed">Seed of all random choices.</param>
internal sealed class SteadyCommands(int first, int count, long seed) : IWorkload
{
    private const int SubscriptionDice = 0;
    private const int TokenDice = 1;

    // No charge uses these tokens during the run.
    private static readonly string[] Tokens = [
        .. Enumerable.Range(1, 99).Select(number => string.Create(CultureInfo.InvariantCulture, $"tok_decline_{number}"))];
    private readonly LoadDice dice = new(seed);

    public LoadCommand? Next(long number) => new LoadCommand(
        LoadKind.PaymentMethod, first + dice.Below(count, number, SubscriptionDice),
        Token: Tokens[dice.Below(Tokens.Length, number, TokenDice)]);
}
