namespace OrleansBilling.Console.Words;

/// <summary>
/// A language with its ways to write numbers, money and dates. They are written down here, because the program runs without the
/// system's cultures and must write the same everywhere.
/// </summary>
/// <param name="Tag">As in HTML and HTTP.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="DecimalMark">Between units and cents.</param>
/// <param name="GroupMark">Between thousands.</param>
/// <param name="MoneyFirst">Whether the sign of the currency stands before the amount.</param>
/// <param name="Months">Short names.</param>
/// <param name="DayPattern">How a day is written: {0} day, {1} month, {2} year.</param>
public sealed record Language(
    string Tag, string Name, string DecimalMark, string GroupMark, bool MoneyFirst, IReadOnlyList<string> Months, string DayPattern)
{
    public static readonly Language English = new(
        "en", "English", ".", ",", true,
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], "{1} {0}, {2}");

    public static readonly IReadOnlyList<Language> All =
    [
        English,
        new("pt-BR", "Português (Brasil)", ",", ".", true,
            ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"], "{0} {1} {2}"),
        new("es", "Español", ",", ".", false,
            ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"], "{0} {1} {2}"),
        new("fr", "Français", ",", "\u202f", false,
            ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."], "{0} {1} {2}"),
    ];

    public static Language? Find(string? tag) => All.FirstOrDefault(one => string.Equals(one.Tag, tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first language of an Accept-Language header that there is; English otherwise.</summary>
    public static Language Preferred(string? header)
    {
        foreach (var entry in (header ?? "").Split(',', 20, StringSplitOptions.TrimEntries))
        {
            var tag = entry.Split(';')[0].Trim();
            if (tag.Length < 2) continue;
            var found = Find(tag) ?? All.FirstOrDefault(one =>
                string.Equals(one.Tag.Split('-')[0], tag.Split('-')[0], StringComparison.OrdinalIgnoreCase));
            if (found is not null) return found;
        }

        return English;
    }
}
