using NodaTime.Text;

namespace OrleansBilling.Domain.Tests.Calendar;

/// <summary>Skipped local times move forward by the gap, ambiguous ones resolve to the first, and the next day is unaffected.</summary>
public sealed class DaylightSavingTests
{
    private const string SaoPaulo = "America/Sao_Paulo";
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";

    [Theory]
    [InlineData(SaoPaulo, "2018-11-03T00:00", IntervalUnit.Day, "2018-11-04T01:00-02 2018-11-05T00:00-02")]
    [InlineData(SaoPaulo, "2018-10-28T00:30", IntervalUnit.Week, "2018-11-04T01:30-02 2018-11-11T00:30-02")]
    [InlineData(SaoPaulo, "2018-10-04T00:00", IntervalUnit.Month, "2018-11-04T01:00-02 2018-12-04T00:00-02")]
    [InlineData(SaoPaulo, "2017-11-04T00:00", IntervalUnit.Year, "2018-11-04T01:00-02 2019-11-04T00:00-03")]
    [InlineData(SaoPaulo, "2018-02-16T23:30", IntervalUnit.Day, "2018-02-17T23:30-02 2018-02-18T23:30-03")]
    [InlineData(SaoPaulo, "2018-01-18T00:00", IntervalUnit.Month, "2018-02-18T00:00-03 2018-03-18T00:00-03")]
    [InlineData(Berlin, "2018-03-24T02:30", IntervalUnit.Day, "2018-03-25T03:30+02 2018-03-26T02:30+02")]
    [InlineData(Berlin, "2018-02-25T02:30", IntervalUnit.Month, "2018-03-25T03:30+02 2018-04-25T02:30+02")]
    [InlineData(Berlin, "2018-10-27T02:30", IntervalUnit.Day, "2018-10-28T02:30+02 2018-10-29T02:30+01")]
    [InlineData(Berlin, "2018-09-28T02:00", IntervalUnit.Month, "2018-10-28T02:00+02 2018-11-28T02:00+01")]
    [InlineData(NewYork, "2018-03-10T02:30", IntervalUnit.Day, "2018-03-11T03:30-04 2018-03-12T02:30-04")]
    [InlineData(NewYork, "2018-10-04T01:30", IntervalUnit.Month, "2018-11-04T01:30-04 2018-12-04T01:30-05")]
    public void Local_times_that_clocks_skip_or_repeat(string zone, string anchor, IntervalUnit unit, string expected)
    {
        var local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(anchor).Value;
        var dateTimeZone = DateTimeZoneProviders.Tzdb[zone];

        var boundaries = new[] { 1, 2 }.Select(n => BillingCalendar.Boundary(local, new BillingInterval(unit, 1), n, dateTimeZone));

        Assert.Equal(expected.Split(' '), boundaries.Select(boundary => When.InZone(boundary, zone)));
    }

    [Theory]
    [InlineData(SaoPaulo, "2018-11-03T12:00", 23)]
    [InlineData(SaoPaulo, "2018-02-17T12:00", 25)]
    [InlineData(Berlin, "2018-03-24T12:00", 23)]
    [InlineData(Berlin, "2018-10-27T12:00", 25)]
    [InlineData(NewYork, "2018-06-01T12:00", 24)]
    public void A_calendar_day_is_as_long_as_the_clocks_make_it(string zone, string from, int hours)
    {
        var start = When.Local(from, zone);

        var end = BillingCalendar.PlusDays(start, 1, DateTimeZoneProviders.Tzdb[zone]);

        Assert.Equal(hours, (end - start).TotalHours);
    }

    [Fact]
    public void A_renewal_on_a_skipped_midnight_is_billed_at_one_and_the_next_at_midnight_again()
    {
        var life = Given.Daily().Zone(SaoPaulo).AtLocal("2018-11-02T00:00").Subscribe();

        life.ToLocal("2018-11-06T12:00");

        Assert.Equal(
            ["2018-11-02T00:00-03", "2018-11-03T00:00-03", "2018-11-04T01:00-02", "2018-11-05T00:00-02", "2018-11-06T00:00-02"],
            life.Invoices.Select(invoice => When.InZone(invoice.CreatedAt, SaoPaulo)));
    }

    [Fact]
    public void A_trial_that_would_end_in_a_gap_ends_after_it()
    {
        var life = Given.Monthly().Zone(SaoPaulo).Trial(7).AtLocal("2018-10-28T00:00").Subscribe();

        Assert.Equal("2018-11-04T01:00-02", When.InZone(life.State.TrialEnd!.Value, SaoPaulo));
    }

    [Fact]
    public void A_life_that_starts_in_the_second_of_two_equal_hours_starts_at_its_own_instant()
    {
        var second = When.Local("2018-10-28T02:30", Berlin) + Duration.FromHours(1);
        var life = new Timeline(Given.Daily().Zone(Berlin).Terms(), second).Subscribe();

        Assert.Equal(second, life.State.CurrentPeriod!.Start);
        Assert.Equal("2018-10-29T02:30+01", When.InZone(life.State.CurrentPeriod.End, Berlin));
    }
}
