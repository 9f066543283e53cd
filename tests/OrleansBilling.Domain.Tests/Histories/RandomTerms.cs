namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>Random terms: every interval, zone, term length, trial and dunning policy that a seller may choose.</summary>
public static class RandomTerms
{
    private static readonly (int Count, IntervalUnit Unit)[] Intervals =
    [
        (1, IntervalUnit.Day), (3, IntervalUnit.Day), (1, IntervalUnit.Week), (2, IntervalUnit.Week),
        (1, IntervalUnit.Month), (1, IntervalUnit.Month), (3, IntervalUnit.Month), (1, IntervalUnit.Year),
    ];

    private static readonly string[] Zones =
        ["UTC", "America/Sao_Paulo", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu",
            "Pacific/Apia"];

    public static Given Roll(Random dice)
    {
        var (count, unit) = Pick(dice, Intervals);
        var given = Given.Every(count, unit, dice.Next(20) == 0 ? 0 : dice.Next(1, 100_000))
            .Zone(Pick(dice, Zones))
            .TrialWithoutMethod(Pick(dice, Enum.GetValues<TrialWithoutPaymentMethod>()))
            .Dunning(Policy(dice));
        if (dice.Next(3) == 0) given = given.Trial(dice.Next(1, 40));
        return dice.Next(3) == 0 ? given.Recurrences(dice.Next(1, 7)) : given;
    }

    private static DunningPolicy Policy(Random dice)
    {
        if (dice.Next(3) == 0) return DunningPolicy.Default with { OnExhausted = Pick(dice, Enum.GetValues<ExhaustedAction>()) };
        var gaps = Enumerable.Range(0, dice.Next(1, 5)).Select(_ => dice.Next(1, 9));
        return new DunningPolicy(
            dice.Next(DunningPolicy.MaxRetriesLimit + 1), dice.Next(1, 61), [.. gaps], dice.Next(2) == 0,
            Pick(dice, Enum.GetValues<ExhaustedAction>()));
    }

    public static T Pick<T>(Random dice, IReadOnlyList<T> choices) => choices[dice.Next(choices.Count)];
}
