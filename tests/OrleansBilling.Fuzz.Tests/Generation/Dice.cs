namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Dice that fall the same way for the same seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Whether something of so many percent happens.</summary>
    public bool Percent(int percent) => random.Next(100) < percent;

    /// <summary>From 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => random.Next(end);

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
