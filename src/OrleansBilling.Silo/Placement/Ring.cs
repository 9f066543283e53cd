using System.Collections.Immutable;

namespace OrleansBilling.Silo.Placement;

/// <summary>
/// Finds the silo of a grain: the one with the highest score (rendezvous hashing). Every process computes the same answer
/// on its own. The split is even. A silo that joins or leaves moves only its own share. A silo is identified by its endpoint,
/// so it gets its share back after a restart.
/// </summary>
internal static class Ring
{
    public static SiloAddress SiloOf(GrainId grain, ImmutableArray<SiloAddress> silos)
    {
        var key = Mix(grain.GetUniformHashCode() ^ 0x9E37_79B9_7F4A_7C15);
        var best = silos[0];
        var bestScore = Score(best, key);
        for (var n = 1; n < silos.Length; n++)
        {
            var score = Score(silos[n], key);
            if (score < bestScore || (score == bestScore && silos[n].CompareTo(best) < 0)) continue;
            (best, bestScore) = (silos[n], score);
        }

        return best;
    }

    private static ulong Score(SiloAddress silo, ulong key)
    {
        Span<byte> address = stackalloc byte[16];
        silo.Endpoint.Address.TryWriteBytes(address, out var length);
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var unit in address[..length]) hash = (hash ^ unit) * 1_099_511_628_211;
        return Mix(Mix(hash ^ (uint)silo.Endpoint.Port) ^ key);
    }

    /// <summary>The SplitMix64 finalizer: every bit of the result depends on every bit of the argument.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
