using System.Globalization;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>The header of that name (RFC 9110, section 10.2.3): seconds, or a date.</summary>
public static class RetryAfter
{
    /// <summary>Nobody can hold deliveries up for longer with one answer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <returns>Null for what is neither; zero for a date in the past.</returns>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        var text = header.AsSpan().Trim();
        if (text.IsEmpty) return null;
        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            var fits = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
            return fits ? Bound(TimeSpan.FromSeconds(seconds)) : Longest;
        }

        const string Imf = "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
        const string Rfc850 = "dddd, dd-MMM-yy HH':'mm':'ss 'GMT'";
        const string Asctime = "ddd MMM d HH':'mm':'ss yyyy";
        return DateTimeOffset.TryParseExact(
            text.ToString(), [Imf, Rfc850, Asctime], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var at)
            ? Bound(at - now)
            : null;
    }

    private static TimeSpan Bound(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
