namespace OrleansBilling.Storage.Postgres.Due;

/// <summary>The groups of due work. The schema's due index is built over them, so they change only with a script.</summary>
internal static class DueGroups
{
    /// <summary>How many there are; the most processes among which due work is divided.</summary>
    public const int Count = 16;

    /// <summary>Partitions in a group.</summary>
    public const int PartitionsEach = SubscriptionHash.PartitionCount / Count;

    /// <summary>The group to which a subscription belongs.</summary>
    public static int Of(string subscriptionId) => SubscriptionHash.PartitionOf(SubscriptionHash.Of(subscriptionId)) / PartitionsEach;
}
