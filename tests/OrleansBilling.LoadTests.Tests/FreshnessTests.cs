using System.Diagnostics;
using OrleansBilling.LoadTests.Freshness;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>The age of a statistics reading, judged from the acknowledgments of cancellations.</summary>
public sealed class FreshnessTests
{
    [Fact]
    public void A_reading_that_shows_all_that_was_acknowledged_is_fresh()
    {
        var verdict = Judge(sent: [1, 2, 3], acknowledged: [2, 3, 4], Reading(5, 6, 3));
        Assert.Equal((0, 0, 0d), (verdict.Stale, verdict.Invented, verdict.StalestSeconds));
        Assert.All(verdict.Checks(), check => Assert.True(check.Ok, check.What));
    }

    [Fact]
    public void What_is_acknowledged_while_it_reads_need_not_show()
    {
        var verdict = Judge(sent: [1, 5], acknowledged: [2, 6], Reading(5, 8, 1), Reading(9, 9, 2));
        Assert.Equal(0, verdict.StalestSeconds);
    }

    [Fact]
    public void One_missed_is_as_old_as_its_acknowledgement()
    {
        var verdict = Judge(sent: [1, 2], acknowledged: [2, 3], Reading(3.5, 4, 1), Reading(4, 5, 2));
        Assert.Equal(0.5, verdict.StalestSeconds, 3);
        Assert.Equal(0, verdict.Stale);
    }

    [Fact]
    public void More_than_a_second_old_is_stale()
    {
        var verdict = Judge(sent: [1, 2], acknowledged: [2, 3], Reading(4.5, 5, 1), Reading(5, 6, 2));
        Assert.Equal(1, verdict.Stale);
        Assert.Contains(verdict.Checks(), check => !check.Ok && check.What.StartsWith("oldest", StringComparison.Ordinal));
    }

    [Fact]
    public void More_than_was_sent_is_invented()
    {
        var verdict = Judge(sent: [1, 4], acknowledged: [2, 5], Reading(2, 3, 2), Reading(6, 7, 2));
        Assert.Equal(1, verdict.Invented);
        Assert.Contains(verdict.Checks(), check => !check.Ok && check.What.Contains("more than was sent", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_reading_must_show_all_that_was_acknowledged()
    {
        var verdict = Judge(sent: [1, 2], acknowledged: [2, 3], Reading(3.5, 4, 1));
        Assert.Contains(verdict.Checks(), check => !check.Ok && check.What == "cancellations in the last reading");
    }

    [Fact]
    public void Without_a_reading_nothing_is_shown() => Assert.Contains(Judge([1], [2]).Checks(), check => !check.Ok);

    [Fact]
    public async Task A_log_reads_once_more_when_it_is_over()
    {
        var log = new FreshnessLog();
        using var over = new CancellationTokenSource();
        var reading = log.ReadUntilAsync(TimeSpan.FromHours(1), _ => ValueTask.FromResult(1L), over.Token);
        log.Sending();
        log.WasAcknowledged();
        await over.CancelAsync();
        await reading;
        var verdict = log.Judge(opening: 0);
        Assert.Equal((1, 1L, 1L), (verdict.Readings, verdict.LastReading, verdict.Acknowledged));
        Assert.All(verdict.Checks(), check => Assert.True(check.Ok, check.What));
    }

    private static FreshnessVerdict Judge(double[] sent, double[] acknowledged, params StatisticsReading[] readings) =>
        FreshnessVerdict.Of([.. sent.Select(Timestamp)], [.. acknowledged.Select(Timestamp)], readings, opening: 0);

    private static StatisticsReading Reading(double from, double to, long value) => new(Timestamp(from), Timestamp(to), value);

    private static long Timestamp(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
