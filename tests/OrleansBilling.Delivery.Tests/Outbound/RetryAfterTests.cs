using OrleansBilling.Delivery.Outbound;

namespace OrleansBilling.Delivery.Tests.Outbound;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", "00:00:00")]
    [InlineData("120", "00:02:00")]
    [InlineData(" 120 ", "00:02:00")]
    [InlineData("86400", "1.00:00:00")]
    [InlineData("86401", "1.00:00:00")]
    [InlineData("99999999999999999999", "1.00:00:00")]
    [InlineData("Sun, 01 Mar 2026 12:05:00 GMT", "00:05:00")]
    [InlineData("Sunday, 01-Mar-26 12:05:00 GMT", "00:05:00")]
    [InlineData("Sun Mar  1 12:05:00 2026", "00:05:00")]
    [InlineData("Sun, 01 Mar 2026 11:59:59 GMT", "00:00:00")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", "1.00:00:00")]
    public void It_is_seconds_or_a_date_and_at_most_a_day(string header, string wait) =>
        Assert.Equal(TimeSpan.Parse(wait), RetryAfter.Read(header, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("+5")]
    [InlineData("soon")]
    [InlineData("٣")]
    [InlineData("Mon, 01 Mar 2026 12:05:00 GMT")]
    [InlineData("2026-03-01T12:05:00Z")]
    [InlineData("Sun, 32 Mar 2026 12:05:00 GMT")]
    public void What_is_neither_says_nothing(string? header) => Assert.Null(RetryAfter.Read(header, Now));
}
