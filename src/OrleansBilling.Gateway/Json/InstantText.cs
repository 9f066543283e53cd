using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Gateway.Json;

/// <summary>Instants as RFC 3339. Input needs an offset or Z and is truncated to the millisecond, as every database stores it.</summary>
internal static class InstantText
{
    public const string Expected = "an RFC 3339 instant such as 2024-01-31T00:00:00Z";

    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);

        // On the first and last days, applying the offset could leave the range of Instant.
        if (!parsed.Success || parsed.Value.Date < EarliestDate || parsed.Value.Date > LatestDate) return false;
        instant = Instant.FromUnixTimeMilliseconds(parsed.Value.ToInstant().ToUnixTimeMilliseconds());
        return instant >= Earliest && instant <= Latest;
    }

    public static string Format(Instant instant) =>
        instant.ToDateTimeUtc().ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);

    // One day inside the four-digit years at either end, so that every time zone can represent it.
    private static readonly LocalDate EarliestDate = new(1, 1, 1);
    private static readonly LocalDate LatestDate = new(9999, 12, 30);
    private static readonly Instant Earliest = Instant.FromUtc(1, 1, 2, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9999, 12, 30, 0, 0);
}
