using System.Globalization;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>One figure: what it must be, and what the gateway says.</summary>
/// <param name="What">The figure.</param>
/// <param name="Published">As published with the file; null where nothing is, or for another file.</param>
/// <param name="Expected">Recomputed from the file.</param>
/// <param name="Got">Read over HTTP.</param>
internal sealed record Check(string What, string? Published, string Expected, string Got)
{
    public bool Ok => Expected == Got && (Published is null || Published == Got);

    public static Check Count(string what, string? published, long expected, long got) =>
        new(what, published, Number(expected), Number(got));

    public static Check Money(string what, string? published, long expectedCents, long gotCents) =>
        new(what, published, Cents(expectedCents), Cents(gotCents));

    /// <summary>Rounded to the digits that are shown, on both sides alike.</summary>
    public static Check Ratio(string what, string? published, double expected, double got, string format) =>
        new(what, published, expected.ToString(format, CultureInfo.InvariantCulture), got.ToString(format, CultureInfo.InvariantCulture));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Cents(long value) => (value / 100m).ToString("N2", CultureInfo.InvariantCulture);
}
