namespace OrleansBilling.Storage.Postgres.Due;

/// <summary>The groups of due work. The due index in the schema is built on them, so changing them takes a migration script.</summary>
internal static class DueGroups
{
    /// <summary>The number of groups. Due work can be divided among at most this many processes.</summary>
    public const int Count = 16;

    /// <summary>Partitions per group.</summary>
    public const int PartitionsEach = SubscriptionHash.PartitionCount / Count;

    public static int Of(string subscriptionId) => SubscriptionHash.PartitionOf(SubscriptionHash.Of(subscriptionId)) / PartitionsEach;
}
