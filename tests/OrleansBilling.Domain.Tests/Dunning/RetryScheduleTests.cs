namespace OrleansBilling.Domain.Tests.Dunning;

public sealed class RetryScheduleTests
{
    [Fact]
    public void By_default_attempts_fall_on_days_0_1_4_9_16_and_23() =>
        Assert.Equal([0, 1, 4, 9, 16, 23], AttemptDays(DunningPolicy.Default));

    [Theory]
    [InlineData(5, 30, "2", "0 2 4 6 8 10")]
    [InlineData(5, 30, "1 3", "0 1 4 7 10 13")]
    [InlineData(3, 30, "1 3 5 7 7", "0 1 4 9")]
    [InlineData(5, 16, "1 3 5 7 7", "0 1 4 9 16")]
    [InlineData(5, 15, "1 3 5 7 7", "0 1 4 9")]
    [InlineData(5, 1, "1 3 5 7 7", "0 1")]
    [InlineData(5, 1, "2", "0")]
    [InlineData(0, 30, "1", "0")]
    [InlineData(20, 365, "1", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20")]
    [InlineData(20, 7, "1", "0 1 2 3 4 5 6 7")]
    public void Number_gaps_and_window_bound_the_retries_whichever_ends_first(int retries, int windowDays, string gaps, string expected)
    {
        var policy = new DunningPolicy(retries, windowDays, [.. Numbers(gaps)], false, ExhaustedAction.Cancel);

        Assert.Equal(Numbers(expected), AttemptDays(policy));
    }

    [Fact]
    public void A_policy_without_retries_needs_no_schedule()
    {
        var policy = new DunningPolicy(0, 30, [], false, ExhaustedAction.Cancel);

        Assert.Equal([0], AttemptDays(policy));
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-02T00:15", "2018-11-03T00:15-03 2018-11-06T00:15-02 2018-11-11T00:15-02")]
    [InlineData("America/Sao_Paulo", "2018-11-03T00:15", "2018-11-04T01:15-02 2018-11-07T00:15-02 2018-11-12T00:15-02")]
    [InlineData("Europe/Berlin", "2018-10-27T02:30", "2018-10-28T02:30+02 2018-10-31T02:30+01 2018-11-05T02:30+01")]
    [InlineData("Pacific/Niue", "2018-01-31T23:59", "2018-02-01T23:59-11 2018-02-04T23:59-11 2018-02-09T23:59-11")]
    public void Retries_keep_the_local_time_of_day_of_the_first_attempt(string zone, string first, string expected)
    {
        var life = Given.Monthly().Zone(zone).Retries(3).AtLocal(first);
        life.Bank.AlwaysSays(Bank.Soft);

        life.Subscribe().Days(29);

        Assert.Equal(expected.Split(' '), life.Invoice(1).Attempts.Skip(1).Select(attempt => When.InZone(attempt.At, zone)));
    }

    [Fact]
    public void The_last_instant_of_the_window_is_still_within()
    {
        var policy = new DunningPolicy(5, 1, [1], false, ExhaustedAction.Cancel);
        var first = When.Utc("2024-01-31T10:00");

        Assert.Equal(When.Utc("2024-02-01T10:00"), RetrySchedule.WindowEnd(policy, first, DateTimeZone.Utc));
        Assert.Equal(When.Utc("2024-02-01T10:00"), RetrySchedule.Next(policy, first, first, 1, DateTimeZone.Utc));
        Assert.Null(RetrySchedule.Next(policy, first, first + Duration.FromDays(1), 2, DateTimeZone.Utc));
    }

    private static int[] AttemptDays(DunningPolicy policy)
    {
        var first = When.Utc("2024-01-31T10:00");
        var days = new List<int> { 0 };
        var last = first;
        for (var retry = 1; RetrySchedule.Next(policy, first, last, retry, DateTimeZone.Utc) is { } next; retry++)
        {
            days.Add((int)(next - first).TotalDays);
            last = next;
        }

        return [.. days];
    }

    private static int[] Numbers(string text) =>
        [.. text.Split(' ').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
