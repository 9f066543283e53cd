namespace OrleansBilling.Simulation.Laws;

/// <summary>What must hold whatever goes wrong; it counts what it was asked, so that a run shows how much it checked.</summary>
public sealed class LawBook
{
    /// <summary>Checks so far.</summary>
    public long Checked { get; private set; }

    private string? broken;

    /// <summary>
    /// Throws for the first law that was broken, whoever caught it meanwhile: what calls a provider or a journal must live
    /// with any exception of theirs, these ones included.
    /// </summary>
    /// <exception cref="BrokenLawException">One was broken.</exception>
    public void ThrowIfBroken()
    {
        if (broken is { } law) throw new BrokenLawException(law);
    }

    /// <summary>Others that were checked elsewhere, and hold.</summary>
    public void Count(long held) => Checked += held;

    /// <exception cref="BrokenLawException">It does not hold.</exception>
    public void Hold(bool holds, string law)
    {
        Checked++;
        if (!holds) throw Break(law);
    }

    /// <exception cref="BrokenLawException">They differ.</exception>
    public void Same<T>(T expected, T actual, string law)
    {
        Checked++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw Break($"{law}: expected {expected}, found {actual}.");
    }

    /// <summary>The same keys with the same values, in any order.</summary>
    /// <exception cref="BrokenLawException">They differ; the message names the first key.</exception>
    public void SameEntries<TKey, TValue>(Dictionary<TKey, TValue> expected, Dictionary<TKey, TValue> actual, string law)
        where TKey : notnull
    {
        foreach (var key in expected.Keys.Union(actual.Keys))
        {
            Checked++;
            var (inExpected, inActual) = (expected.TryGetValue(key, out var wanted), actual.TryGetValue(key, out var found));
            if (inExpected && inActual && EqualityComparer<TValue>.Default.Equals(wanted, found)) continue;
            throw Break($"{law}: {key} should be {Show(inExpected, wanted)}, and is {Show(inActual, found)}.");
        }
    }

    private BrokenLawException Break(string law)
    {
        broken ??= law;
        return new BrokenLawException(law);
    }

    private static string Show<T>(bool present, T value) => present ? $"{value}" : "absent";
}
