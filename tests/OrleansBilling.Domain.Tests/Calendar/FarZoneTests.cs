using NodaTime.Text;

namespace OrleansBilling.Domain.Tests.Calendar;

public sealed class FarZoneTests
{
    [Theory]
    [InlineData(
        "Pacific/Kiritimati", "2018-01-31T00:00", IntervalUnit.Month, "2018-02-28T00:00+14 2018-03-31T00:00+14", "2018-02-27T10:00")]
    [InlineData("Pacific/Niue", "2018-01-31T23:30", IntervalUnit.Month, "2018-02-28T23:30-11 2018-03-31T23:30-11", "2018-03-01T10:30")]
    [InlineData(
        "Asia/Kathmandu", "2020-01-31T00:00", IntervalUnit.Month, "2020-02-29T00:00+05:45 2020-03-31T00:00+05:45", "2020-02-28T18:15")]
    [InlineData("Pacific/Apia", "2011-12-23T10:00", IntervalUnit.Week, "2011-12-31T10:00+14 2012-01-06T10:00+14", "2011-12-30T20:00")]
    [InlineData("Pacific/Apia", "2011-11-30T10:00", IntervalUnit.Month, "2011-12-31T10:00+14 2012-01-30T10:00+14", "2011-12-30T20:00")]
    public void The_calendar_is_that_of_the_products_zone(string zone, string anchor, IntervalUnit unit, string expected, string firstInUtc)
    {
        var local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(anchor).Value;

        var boundaries = new[] { 1, 2 }
            .Select(n => BillingCalendar.Boundary(local, new BillingInterval(unit, 1), n, DateTimeZoneProviders.Tzdb[zone]))
            .ToList();

        Assert.Equal(expected.Split(' '), boundaries.Select(boundary => When.InZone(boundary, zone)));
        Assert.Equal(firstInUtc, When.Text(boundaries[0]));
    }

    [Fact]
    public void A_day_that_the_zone_skipped_whole_is_no_period_and_is_not_billed()
    {
        var life = Given.Daily().Zone("Pacific/Apia").AtLocal("2011-12-28T10:00").Subscribe().ToLocal("2012-01-02T12:00");

        Assert.Equal(
            ["12-28", "12-29", "12-31", "01-01", "01-02"],
            life.Invoices.Select(invoice => When.InZone(invoice.Period.Start, "Pacific/Apia")[5..10]));
        Assert.All(life.Invoices, invoice => Assert.Equal(Duration.FromDays(1), invoice.Period.End - invoice.Period.Start));
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2024-02-29")]
    [InlineData("Pacific/Niue", "2024-02-29")]
    public void A_life_on_the_31st_renews_on_the_last_day_of_february_of_its_own_zone(string zone, string lastDay)
    {
        var life = Given.Monthly().Zone(zone).AtLocal("2024-01-31T12:00").Subscribe();

        Assert.Equal(lastDay, When.InZone(life.State.CurrentPeriod!.End, zone)[..10]);
    }
}
