namespace OrleansBilling.LoadTests.Measuring;

/// <summary>
/// Random numbers that depend only on the seed, the roll's number and its purpose (SplitMix64). So a run can be
/// repeated; the order in which threads draw numbers does not matter.
/// </summary>
internal readonly struct LoadDice(long seed)
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    /// <summary>A number from 0 (inclusive) to 1 (exclusive).</summary>
    public double Share(long roll, int purpose = 0) => (Bits(roll, purpose) >> 11) * (1.0 / (1L << 53));

    /// <summary>A number from 0 (inclusive) to <paramref name="count"/> (exclusive).</summary>
    public int Below(int count, long roll, int purpose = 0) => (int)(Share(roll, purpose) * count);

    private ulong Bits(long roll, int purpose)
    {
        var bits = Mix((ulong)seed + (Golden * (ulong)(purpose + 1)));
        return Mix(bits + (Golden * (ulong)(roll + 1)));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
