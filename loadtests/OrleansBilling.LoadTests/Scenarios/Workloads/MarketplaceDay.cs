using OrleansBilling.LoadTests.Scenarios.Load;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>
/// What customers of a marketplace ask for on a day, product by product as popular as Zipf has it. Some of it is refused,
/// such as undoing a cancellation that nobody asked for: customers do that.
/// </summary>
/// <param name="seeded">Subscriptions that are there already; new ones are numbered from there on.</param>
/// <param name="popularity">Of products.</param>
/// <param name="seed">Picks.</param>
internal sealed class MarketplaceDay(int seeded, Zipf popularity, long seed) : IWorkload
{
    private const int KindDice = 0;
    private const int SubscriptionDice = 1;
    private const int ProductDice = 2;
    private const int TokenDice = 3;

    private static readonly (LoadKind Kind, double UpTo)[] Mix =
    [
        (LoadKind.PaymentMethod, 0.40),
        (LoadKind.Subscribe, 0.65),
        (LoadKind.CancelNow, 0.75),
        (LoadKind.CancelAtPeriodEnd, 0.85),
        (LoadKind.Uncancel, 0.91),
        (LoadKind.Reactivate, 0.97),
        (LoadKind.Retry, 1.00),
    ];

    private static readonly (string Token, double UpTo)[] Tokens =
        [("tok_ok", 0.90), ("tok_decline_1", 0.95), ("tok_insufficient_funds", 0.98), ("tok_lost_card", 1.00)];

    private readonly LoadDice dice = new(seed);

    public LoadCommand? Next(long number)
    {
        var kind = Pick(Mix, dice.Share(number, KindDice));
        var token = kind is LoadKind.PaymentMethod or LoadKind.Subscribe ? Pick(Tokens, dice.Share(number, TokenDice)) : null;
        return kind == LoadKind.Subscribe
            ? new LoadCommand(kind, checked(seeded + (int)number), popularity.RankAt(dice.Share(number, ProductDice)), token)
            : new LoadCommand(kind, dice.Below(seeded, number, SubscriptionDice), Token: token);
    }

    private static T Pick<T>((T Value, double UpTo)[] choices, double share)
    {
        foreach (var (value, upTo) in choices)
        {
            if (share < upTo) return value;
        }

        return choices[^1].Value;
    }
}
