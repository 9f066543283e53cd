namespace OrleansBilling.Simulation.Laws;

/// <summary>Checks the laws that must hold under all faults. Counts its checks, so that a run shows how much it verified.</summary>
public sealed class LawBook
{
    /// <summary>Checks so far.</summary>
    public long Checked { get; private set; }

    private string? broken;

    /// <summary>
    /// Throws the first broken law again. Callers of a provider or a journal must survive any exception from them,
    /// so they may have caught the original one.
    /// </summary>
    /// <exception cref="BrokenLawException">A law was broken.</exception>
    public void ThrowIfBroken()
    {
        if (broken is { } law) throw new BrokenLawException(law);
    }

    /// <summary>Adds laws that were checked elsewhere and hold.</summary>
    public void Count(long held) => Checked += held;

    /// <exception cref="BrokenLawException">The law does not hold.</exception>
    public void Hold(bool holds, string law)
    {
        Checked++;
        if (!holds) throw Break(law);
    }

    /// <exception cref="BrokenLawException">The values differ.</exception>
    public void Same<T>(T expected, T actual, string law)
    {
        Checked++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw Break($"{law}: expected {expected}, found {actual}.");
    }

    /// <summary>Both must have the same keys with the same values, in any order.</summary>
    /// <exception cref="BrokenLawException">They differ; the message names the first differing key.</exception>
    public void SameEntries<TKey, TValue>(Dictionary<TKey, TValue> expected, Dictionary<TKey, TValue> actual, string law)
        where TKey : notnull
    {
        foreach (var key in expected.Keys.Union(actual.Keys))
        {
            Checked++;
            var (inExpected, inActual) = (expected.TryGetValue(key, out var wanted), actual.TryGetValue(key, out var found));
            if (inExpected && inActual && EqualityComparer<TValue>.Default.Equals(wanted, found)) continue;
            throw Break($"{law}: {key} should be {Show(inExpected, wanted)}, but is {Show(inActual, found)}.");
        }
    }

    private BrokenLawException Break(string law)
    {
        broken ??= law;
        return new BrokenLawException(law);
    }

    private static string Show<T>(bool present, T value) => present ? $"{value}" : "absent";
}
