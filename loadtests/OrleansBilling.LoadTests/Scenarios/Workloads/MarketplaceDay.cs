using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>
/// The commands of marketplace customers on one day, over products of Zipf-distributed popularity. Some are refused, such as
/// undoing a cancellation that was never made: customers do that.
/// </summary>
/// <param name="seeded">Number of stored subscriptions; new ones get the numbers after them.</param>
/// <param name="popularity">Popularity of the products.</param>
/// <param name="seed">Seed of all random choices.</param>
/// <param name="signUps">Factor on the sign-ups of an ordinary day; other commands stay as frequent.</param>
internal sealed class MarketplaceDay(int seeded, Zipf popularity, long seed, int signUps = 1) : IWorkload
{
    private const double SignUpsUsual = 0.25;
    private const int KindDice = 0;
    private const int SubscriptionDice = 1;
    private const int ProductDice = 2;
    private const int TokenDice = 3;

    /// <summary>The other commands, as cumulative shares of 1.</summary>
    private static readonly (LoadKind Kind, double UpTo)[] Others =
    [
        (LoadKind.PaymentMethod, 40 / 75d),
        (LoadKind.CancelNow, 50 / 75d),
        (LoadKind.CancelAtPeriodEnd, 60 / 75d),
        (LoadKind.Uncancel, 66 / 75d),
        (LoadKind.Reactivate, 72 / 75d),
        (LoadKind.Retry, 1),
    ];

    private static readonly (string Token, double UpTo)[] Tokens =
        [("tok_ok", 0.90), ("tok_decline_1", 0.95), ("tok_insufficient_funds", 0.98), ("tok_lost_card", 1.00)];

    private readonly LoadDice dice = new(seed);

    private readonly double signUpShare = SignUpsUsual * signUps / LoadOf(signUps);

    /// <summary>Factor on the number of commands of an ordinary day.</summary>
    public static double LoadOf(int signUps) => 1 - SignUpsUsual + (SignUpsUsual * signUps);

    public LoadCommand? Next(long number)
    {
        var share = dice.Share(number, KindDice);
        var kind = share < signUpShare ? LoadKind.Subscribe : Pick(Others, (share - signUpShare) / (1 - signUpShare));
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
