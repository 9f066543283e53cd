namespace OrleansBilling.Storage;

/// <summary>
/// Assigns a subscription to a partition, which is stored, and to a commit lane, which is not. FNV-1a over UTF-16 code units, with a
/// final mix so that high and low bits are independent. It must never change: stored partitions were computed with it.
/// </summary>
internal static class SubscriptionHash
{
    /// <summary>The number of partitions in the store. Due work is divided by partition.</summary>
    public const int PartitionCount = 1_024;

    private const ulong OffsetBasis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static ulong Of(string subscriptionId)
    {
        var hash = OffsetBasis;
        foreach (var unit in subscriptionId) hash = (hash ^ unit) * Prime;
        hash ^= hash >> 32;
        hash *= 0x9E37_79B9_7F4A_7C15;
        return hash ^ (hash >> 29);
    }

    public static short PartitionOf(ulong hash) => (short)(hash % PartitionCount);

    /// <summary>One of <paramref name="lanes"/>, chosen by bits that do not choose the partition.</summary>
    public static int LaneOf(ulong hash, int lanes) => (int)((hash >> 32) % (uint)lanes);
}
