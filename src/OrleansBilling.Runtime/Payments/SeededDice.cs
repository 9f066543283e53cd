namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// Deterministic dice: every roll depends only on its seed and its subject, so a run can be repeated on any
/// machine. <see cref="string.GetHashCode()"/> differs between processes, and the numbers of a shared
/// generator depend on the order of its callers.
/// </summary>
public static class SeededDice
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>A uniform number from 0 to 99.</summary>
    /// <param name="seed">Selects the dice.</param>
    /// <param name="subject">What the roll is for; the same subject always gives the same number.</param>
    /// <param name="purpose">Separates independent rolls for the same subject.</param>
    public static int Percent(long seed, ReadOnlySpan<char> subject, int purpose) => (int)(Roll(seed, subject, purpose) % 100);

    /// <summary>64 uniform bits.</summary>
    /// <param name="seed">Selects the dice.</param>
    /// <param name="subject">What the roll is for.</param>
    /// <param name="purpose">Separates independent rolls for the same subject.</param>
    public static ulong Roll(long seed, ReadOnlySpan<char> subject, int purpose)
    {
        var hash = FnvOffset;
        hash = (hash ^ (ulong)seed) * FnvPrime;
        hash = (hash ^ (uint)purpose) * FnvPrime;
        foreach (var unit in subject) hash = (hash ^ unit) * FnvPrime;
        return Avalanche(hash);
    }

    /// <summary>64 uniform bits for a pair of numbers; <paramref name="subject"/> is an earlier roll for their subject.</summary>
    public static ulong Roll(ulong subject, int first, int second)
    {
        var hash = (subject ^ (uint)first) * FnvPrime;
        return Avalanche((Avalanche(hash) ^ (uint)second) * FnvPrime);
    }

    /// <summary>FNV-1a leaves keys that differ in one digit close together; MurmurHash3's finalizer spreads them.</summary>
    private static ulong Avalanche(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
