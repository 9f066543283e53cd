namespace OrleansBilling.Domain.Tests.Histories;

public sealed class RandomHistoryTests
{
    private const int Lives = 2_500;
    private const int FirstSeed = 20_240_131;

    [Fact]
    public void Whatever_is_asked_and_whatever_the_bank_says_no_law_is_broken()
    {
        var broken = Enumerable.Range(FirstSeed, Lives).AsParallel().Select(TryLive).FirstOrDefault(failure => failure is not null);

        Assert.True(broken is null, broken);
    }

    private static string? TryLive(int seed)
    {
        try
        {
            RandomLife.Live(seed);
            return null;
        }
        catch (InvalidOperationException broken)
        {
            return broken.Message;
        }
    }
}
