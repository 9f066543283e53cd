using NodaTime.Text;

namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>Parses and formats instants in the notation of the tests.</summary>
public static class When
{
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>2024-01-31T10:00 in UTC.</summary>
    public static Instant Utc(string text) => Minutes.Parse(text).Value.InUtc().ToInstant();

    /// <summary>2024-01-31T10:00 in a time zone. The time must exist; of two, the first is meant.</summary>
    public static Instant Local(string text, string zone) =>
        Minutes.Parse(text).Value.InZone(DateTimeZoneProviders.Tzdb[zone], mapping => mapping.First()).ToInstant();

    /// <summary>The local time of an instant, with its offset: 2018-11-04T01:00-02.</summary>
    public static string InZone(Instant at, string zone) => OffsetDateTimePattern
        .CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<g>")
        .Format(at.InZone(DateTimeZoneProviders.Tzdb[zone]).ToOffsetDateTime());

    /// <summary>The UTC day of an instant: 2024-01-31.</summary>
    public static string Day(Instant at) => LocalDatePattern.Iso.Format(at.InUtc().Date);

    /// <summary>The instant to the minute in UTC: 2024-01-31T10:00.</summary>
    public static string Text(Instant at) => Minutes.Format(at.InUtc().LocalDateTime);
}
