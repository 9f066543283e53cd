using NodaTime.Text;

namespace OrleansBilling.Domain.Tests.Calendar;

/// <summary>Boundary n is the anchor plus n intervals, clamped to the month's last day.</summary>
public sealed class MonthEndTests
{
    [Theory]
    [InlineData("2023-01-29", 1, IntervalUnit.Month, "2023-02-28 2023-03-29 2023-04-29 2023-05-29")]
    [InlineData("2024-01-29", 1, IntervalUnit.Month, "2024-02-29 2024-03-29 2024-04-29 2024-05-29")]
    [InlineData("2023-01-30", 1, IntervalUnit.Month, "2023-02-28 2023-03-30 2023-04-30 2023-05-30")]
    [InlineData("2024-01-30", 1, IntervalUnit.Month, "2024-02-29 2024-03-30 2024-04-30 2024-05-30")]
    [InlineData("2023-01-31", 1, IntervalUnit.Month, "2023-02-28 2023-03-31 2023-04-30 2023-05-31")]
    [InlineData("2024-01-31", 1, IntervalUnit.Month, "2024-02-29 2024-03-31 2024-04-30 2024-05-31")]
    [InlineData("2024-12-31", 1, IntervalUnit.Month, "2025-01-31 2025-02-28 2025-03-31 2025-04-30")]
    [InlineData("2024-02-29", 1, IntervalUnit.Month, "2024-03-29 2024-04-29 2024-05-29 2024-06-29")]
    [InlineData("2023-11-30", 3, IntervalUnit.Month, "2024-02-29 2024-05-30 2024-08-30 2024-11-30 2025-02-28 2025-05-30")]
    [InlineData("2023-08-31", 6, IntervalUnit.Month, "2024-02-29 2024-08-31 2025-02-28 2025-08-31")]
    [InlineData("2024-02-29", 1, IntervalUnit.Year, "2025-02-28 2026-02-28 2027-02-28 2028-02-29 2029-02-28")]
    [InlineData("2096-02-29", 4, IntervalUnit.Year, "2100-02-28 2104-02-29")]
    [InlineData("2024-02-29", 12, IntervalUnit.Month, "2025-02-28 2026-02-28 2027-02-28 2028-02-29")]
    [InlineData("2023-12-25", 1, IntervalUnit.Week, "2024-01-01 2024-01-08 2024-01-15")]
    [InlineData("2024-02-15", 2, IntervalUnit.Week, "2024-02-29 2024-03-14 2024-03-28")]
    [InlineData("2024-02-28", 1, IntervalUnit.Day, "2024-02-29 2024-03-01 2024-03-02")]
    [InlineData("2023-02-27", 3, IntervalUnit.Day, "2023-03-02 2023-03-05 2023-03-08")]
    public void Boundaries_are_counted_from_the_raw_anchor(string anchor, int count, IntervalUnit unit, string expected)
    {
        var local = LocalDatePattern.Iso.Parse(anchor).Value.At(new LocalTime(10, 30));
        var days = expected.Split(' ');

        var boundaries = Enumerable.Range(1, days.Length)
            .Select(n => BillingCalendar.Boundary(local, new BillingInterval(unit, count), n, DateTimeZone.Utc));

        Assert.Equal(days.Select(day => $"{day}T10:30"), boundaries.Select(When.Text));
    }

    [Fact]
    public void Boundary_zero_is_the_anchor_itself()
    {
        var anchor = new LocalDateTime(2024, 1, 31, 10, 30);

        var boundary = BillingCalendar.Boundary(anchor, new BillingInterval(IntervalUnit.Month, 1), 0, DateTimeZone.Utc);

        Assert.Equal("2024-01-31T10:30", When.Text(boundary));
    }

    [Fact]
    public void A_count_of_units_beyond_32_bits_throws_rather_than_wraps()
    {
        var anchor = new LocalDateTime(2024, 1, 31, 0, 0);

        Assert.Throws<OverflowException>(() =>
            BillingCalendar.Boundary(anchor, new BillingInterval(IntervalUnit.Day, 3_660), 1_000_000, DateTimeZone.Utc));
    }
}
