using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Gateway.Json;

/// <summary>Calendar days as yyyy-MM-dd, within the years that every time zone and database can represent.</summary>
internal static class DateText
{
    public const string Expected = "a day such as 2024-01-31, between 1970 and 9998";

    private const int YearMin = 1970;
    private const int YearMax = 9998;

    public static bool TryParse(string text, out LocalDate date) =>
        LocalDatePattern.Iso.Parse(text).TryGetValue(default, out date) && date.Year is >= YearMin and <= YearMax;
}
