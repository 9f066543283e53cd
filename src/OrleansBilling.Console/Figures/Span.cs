using System.Globalization;

namespace OrleansBilling.Console.Figures;

/// <summary>Some days, both ends included.</summary>
public readonly record struct Span(DateOnly From, DateOnly To)
{
    /// <summary>The most days that a page shows.</summary>
    public const int DaysMax = 732;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As many days right before, to compare with. Whole months are compared with whole months.</summary>
    public Span Before
    {
        get
        {
            if (From.Day == 1 && To.AddDays(1).Day == 1)
            {
                var months = ((To.Year - From.Year) * 12) + To.Month - From.Month + 1;
                return new Span(From.AddMonths(-months), From.AddDays(-1));
            }

            return new Span(From.AddDays(-Days), From.AddDays(-1));
        }
    }

    /// <summary>The months of a chart: those of the span, and at least the last twelve.</summary>
    public Span Months
    {
        get
        {
            var year = new DateOnly(To.Year, To.Month, 1).AddMonths(-11);
            var first = new DateOnly(From.Year, From.Month, 1);
            return new Span(first < year ? first : year, To);
        }
    }

    /// <summary>What an address asks for, as far as it makes sense.</summary>
    /// <param name="name">30d, 90d, 12m, month, last-month, or nothing for a span of one's own.</param>
    public static Span Of(string? name, string? from, string? to, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return name switch
        {
            "month" => new Span(month, today),
            "last-month" => new Span(month.AddMonths(-1), month.AddDays(-1)),
            "90d" => new Span(today.AddDays(-89), today),
            "12m" => new Span(month.AddMonths(-11), today),
            null when Read(from) is { } first && Read(to) is { } last && first <= last && last.DayNumber - first.DayNumber < DaysMax =>
                new Span(first, last),
            _ => new Span(today.AddDays(-29), today),
        };
    }

    /// <summary>Not the generated one: it would write what is before, and before that.</summary>
    public override string ToString() => $"{Write(From)}/{Write(To)}";

    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) &&
        day is { Year: > 1970 and < 9000 } ? day : null;
}
