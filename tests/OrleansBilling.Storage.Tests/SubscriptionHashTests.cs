namespace OrleansBilling.Storage.Tests;

public sealed class SubscriptionHashTests
{
    [Theory]
    [InlineData("", 115)]
    [InlineData("sub-1", 482)]
    [InlineData("0190a5c2-7f3e-7000-8000-000000000001", 233)]
    public void The_partition_of_an_id_never_changes_because_rows_are_stored_with_it(string id, int partition)
    {
        Assert.Equal(partition, SubscriptionHash.PartitionOf(SubscriptionHash.Of(id)));
    }

    [Fact]
    public void Ids_in_sequence_spread_evenly_over_partitions_and_lanes()
    {
        var partitions = new int[SubscriptionHash.PartitionCount];
        var lanes = new int[4];
        for (var number = 0; number < 102_400; number++)
        {
            var hash = SubscriptionHash.Of($"sub-{number:D8}");
            partitions[SubscriptionHash.PartitionOf(hash)]++;
            lanes[SubscriptionHash.LaneOf(hash, lanes.Length)]++;
        }

        Assert.All(partitions, count => Assert.InRange(count, 50, 150));
        Assert.All(lanes, count => Assert.InRange(count, 25_000, 26_200));
    }
}
