using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class SeededDiceTests
{
    /// <summary>The expected numbers come from another program, written from the algorithm's description.</summary>
    [Theory]
    [InlineData(0, "subscription:1:1", 0, 35)]
    [InlineData(42, "subscription:1:1", 0, 57)]
    [InlineData(42, "subscription:1:2", 0, 59)]
    [InlineData(42, "subscription:1:1", 1, 60)]
    [InlineData(-1, "", 0, 38)]
    public void A_roll_is_the_same_in_every_run_and_on_every_machine(long seed, string subject, int purpose, int expected) =>
        Assert.Equal(expected, SeededDice.Percent(seed, subject, purpose));

    [Fact]
    public void Every_number_comes_up_nearly_as_often_as_the_others()
    {
        const int Rolls = 100_000;
        var counts = new int[100];
        for (var n = 0; n < Rolls; n++) counts[SeededDice.Percent(seed: 1, $"subscription-{n}:1:1", purpose: 0)]++;

        Assert.All(counts, count => Assert.InRange(count, 850, 1_150));
    }
}
