using OrleansBilling.Delivery.Webhooks;

namespace OrleansBilling.Delivery.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, "00:00:05")]
    [InlineData(2, "00:05:00")]
    [InlineData(3, "00:30:00")]
    [InlineData(4, "02:00:00")]
    [InlineData(5, "05:00:00")]
    [InlineData(6, "10:00:00")]
    [InlineData(7, "14:00:00")]
    [InlineData(8, "20:00:00")]
    [InlineData(9, "1.00:00:00")]
    [InlineData(10, "1.00:00:00")]
    [InlineData(int.MaxValue, "1.00:00:00")]
    public void Each_failure_waits_longer_and_the_last_step_repeats(int failures, string delay) =>
        Assert.Equal(TimeSpan.Parse(delay), RetrySchedule.Delay(failures, null, 0.5));

    [Theory]
    [InlineData(0, 270)]
    [InlineData(0.25, 285)]
    [InlineData(1, 330)]
    public void Dice_spread_it_by_a_tenth(double random, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.Delay(2, null, random));

    [Theory]
    [InlineData(0, 300)]
    [InlineData(299, 300)]
    [InlineData(301, 301)]
    [InlineData(86_400, 86_400)]
    public void The_other_side_may_ask_for_more_time_and_never_for_less(int asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetrySchedule.Delay(2, TimeSpan.FromSeconds(asked), 0.5));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void What_makes_no_sense_is_a_bug(int failures, double random) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrySchedule.Delay(failures, null, random));
}
