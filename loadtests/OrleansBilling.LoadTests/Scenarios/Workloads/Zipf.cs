namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>A Zipf distribution: the k-th rank has a probability proportional to 1 ÷ k^exponent.</summary>
internal sealed class Zipf
{
    private readonly double[] upTo;

    /// <param name="ranks">Number of ranks.</param>
    /// <param name="exponent">0 for equal popularity; about 1 for a marketplace.</param>
    public Zipf(int ranks, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        upTo = new double[ranks];
        var sum = 0d;
        for (var rank = 0; rank < ranks; rank++) upTo[rank] = sum += Math.Pow(rank + 1, -exponent);
        for (var rank = 0; rank < ranks; rank++) upTo[rank] /= sum;
    }

    /// <summary>The rank, from 0, at a cumulative share from 0 to 1.</summary>
    public int RankAt(double share)
    {
        var found = Array.BinarySearch(upTo, share);
        return Math.Min(found >= 0 ? found + 1 : ~found, upTo.Length - 1);
    }

    /// <summary>Distributes a whole number over the ranks by popularity; the parts add up to it.</summary>
    public int[] ShareOut(int whole)
    {
        var parts = new int[upTo.Length];
        var given = 0;
        for (var rank = 0; rank < parts.Length; rank++)
        {
            var until = rank == parts.Length - 1 ? whole : (int)Math.Round(upTo[rank] * whole);
            parts[rank] = until - given;
            given = until;
        }

        return parts;
    }
}
