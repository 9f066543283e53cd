using OrleansBilling.LoadTests.Scenarios.Audit;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Records the highest version of each subscription. Threads may call it at the same time and in any order.</summary>
public sealed class AcknowledgedVersionsTests
{
    [Fact]
    public void The_highest_version_counts_whatever_comes_last()
    {
        var acknowledged = new AcknowledgedVersions();
        acknowledged.Note(3, 7);
        acknowledged.Note(3, 5);
        acknowledged.Note(200_000, 1);
        Assert.Equal((7L, 1L, 0L), (acknowledged.Of(3), acknowledged.Of(200_000), acknowledged.Of(4)));
        Assert.Equal(2, acknowledged.Count());
    }

    [Fact]
    public void Many_may_note_at_once()
    {
        var acknowledged = new AcknowledgedVersions();
        Parallel.For(1, 20_001, version => acknowledged.Note(version % 10, version));
        Assert.Equal(10, acknowledged.Count());
        Assert.Equal(
            Enumerable.Range(19_991, 10).Select(version => (long)version), Enumerable.Range(0, 10).Select(acknowledged.Of).Order());
    }
}
