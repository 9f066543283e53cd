using System.Globalization;
using System.Text;

namespace OrleansBilling.Console.Words;

/// <summary>Writes numbers, money, shares and dates in a language.</summary>
public static class Wording
{
    /// <summary>What stands for a figure that does not exist, such as a rate of nobody.</summary>
    public const string None = "–";

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["BRL"] = "R$", ["USD"] = "US$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["MXN"] = "MX$", ["CLP"] = "CLP$", ["COP"] = "COP$",
    };

    private static readonly HashSet<string> WithoutCents = new(StringComparer.Ordinal)
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF",
    };

    private static readonly HashSet<string> WithMills = new(StringComparer.Ordinal) { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    public static string Number(this Texts texts, Int128 number)
    {
        var sign = number < 0 ? "−" : "";
        return sign + Grouped(Digits(number), texts.Language.GroupMark);
    }

    public static string Number(this Texts texts, decimal number, int decimals)
    {
        var rounded = Math.Round(Math.Abs(number), decimals, MidpointRounding.AwayFromZero);
        var text = rounded.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Split('.');
        var whole = Grouped(text[0], texts.Language.GroupMark);
        var sign = number < 0 && rounded != 0 ? "−" : "";
        return sign + (text.Length == 1 ? whole : whole + texts.Language.DecimalMark + text[1]);
    }

    /// <summary>An amount in minor units, to the cent.</summary>
    public static string Money(this Texts texts, Int128 amount, string currency)
    {
        var decimals = Decimals(currency);
        var digits = Digits(amount).PadLeft(decimals + 1, '0');
        var whole = Grouped(digits[..^decimals], texts.Language.GroupMark);
        var text = decimals == 0 ? whole : whole + texts.Language.DecimalMark + digits[^decimals..];
        var sign = Signs.GetValueOrDefault(currency, currency);
        return (amount < 0 ? "−" : "") + (texts.Language.MoneyFirst ? $"{sign}\u00a0{text}" : $"{text}\u00a0{sign}");
    }

    /// <summary>An amount in few characters, for axes: 12.5k.</summary>
    public static string ShortMoney(this Texts texts, double units) => Math.Abs(units) switch
    {
        >= 1e9 => Short(texts, units / 1e9) + "G",
        >= 1e6 => Short(texts, units / 1e6) + "M",
        >= 1e3 => Short(texts, units / 1e3) + "k",
        _ => texts.Number((decimal)units, 0),
    };

    /// <summary>In whole units of the currency, for charts.</summary>
    public static double Units(Int128 amount, string currency) => (double)amount / Math.Pow(10, Decimals(currency));

    /// <summary>A share, such as 0.0421, as 4.21 %.</summary>
    public static string Share(this Texts texts, decimal? share, int decimals = 2) =>
        share is { } known ? texts.Number(known * 100, decimals) + (texts.Language.MoneyFirst ? "%" : "\u00a0%") : None;

    public static string Day(this Texts texts, DateOnly day) => string.Format(
        CultureInfo.InvariantCulture, texts.Language.DayPattern, day.Day, texts.Language.Months[day.Month - 1], day.Year);

    /// <summary>A month, given as 2026-03.</summary>
    public static string Month(this Texts texts, string month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? $"{texts.Language.Months[day.Month - 1]} {day.Year:D4}"
            : month;

    /// <summary>A month in few characters, for axes: Mar 26.</summary>
    public static string ShortMonth(this Texts texts, string month) => Month(texts, month) is { Length: > 5 } text
        ? $"{text[..^4]}{text[^2..]}"
        : month;

    public static string Instant(this Texts texts, DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return $"{texts.Day(DateOnly.FromDateTime(local.DateTime))} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    public static string Day(this Texts texts, DateTimeOffset at, TimeZoneInfo zone) =>
        texts.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime));

    /// <summary>An amount for a file that a program reads: 1234.56.</summary>
    public static string Plain(Int128 amount, string currency)
    {
        var decimals = Decimals(currency);
        var digits = Digits(amount).PadLeft(decimals + 1, '0');
        return (amount < 0 ? "-" : "") + (decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}");
    }

    private static string Short(Texts texts, double number) => texts.Number((decimal)number, number % 1 == 0 ? 0 : 1);

    private static int Decimals(string currency) => WithoutCents.Contains(currency) ? 0 : WithMills.Contains(currency) ? 3 : 2;

    private static string Digits(Int128 number) =>
        (number < 0 ? UInt128.Zero - (UInt128)number : (UInt128)number).ToString(CultureInfo.InvariantCulture);

    private static string Grouped(string digits, string mark)
    {
        if (digits.Length <= 3) return digits;
        var text = new StringBuilder(digits);
        for (var at = digits.Length - 3; at > 0; at -= 3) text.Insert(at, mark);
        return text.ToString();
    }
}
