namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// Dice whose every roll follows from its seed and what is rolled for, so that a run can be repeated on any machine:
/// <see cref="string.GetHashCode()"/> differs from process to process, and a shared generator depends on who comes first.
/// </summary>
public static class SeededDice
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>A number from 0 to 99, each as likely as the others.</summary>
    /// <param name="seed">Chooses the dice.</param>
    /// <param name="subject">What is rolled for; the same subject rolls the same number.</param>
    /// <param name="purpose">Tells apart rolls for one subject that must not depend on each other.</param>
    public static int Percent(long seed, ReadOnlySpan<char> subject, int purpose) => (int)(Roll(seed, subject, purpose) % 100);

    /// <summary>64 evenly spread bits.</summary>
    /// <param name="seed">Chooses the dice.</param>
    /// <param name="subject">What is rolled for.</param>
    /// <param name="purpose">Tells apart rolls for one subject.</param>
    public static ulong Roll(long seed, ReadOnlySpan<char> subject, int purpose)
    {
        var hash = FnvOffset;
        hash = (hash ^ (ulong)seed) * FnvPrime;
        hash = (hash ^ (uint)purpose) * FnvPrime;
        foreach (var unit in subject) hash = (hash ^ unit) * FnvPrime;
        return Avalanche(hash);
    }

    /// <summary>64 evenly spread bits for a pair of numbers within a subject that was rolled for before.</summary>
    public static ulong Roll(ulong subject, int first, int second)
    {
        var hash = (subject ^ (uint)first) * FnvPrime;
        return Avalanche((Avalanche(hash) ^ (uint)second) * FnvPrime);
    }

    /// <summary>FNV-1a leaves keys that differ in one digit close together; MurmurHash3's finaliser spreads them.</summary>
    private static ulong Avalanche(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
