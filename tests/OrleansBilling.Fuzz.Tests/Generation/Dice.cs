namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Random numbers; the same seed gives the same sequence.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>True with this probability in percent.</summary>
    public bool Percent(int percent) => random.Next(100) < percent;

    public int Below(int end) => random.Next(end);

    public T Of<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
