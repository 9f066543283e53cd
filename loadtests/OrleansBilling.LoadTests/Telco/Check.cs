using System.Globalization;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>One figure: the expected value and the gateway's value.</summary>
/// <param name="What">The figure.</param>
/// <param name="Published">The value published with the file; null when there is none, or for another file.</param>
/// <param name="Expected">The value recomputed from the file.</param>
/// <param name="Got">The value read over HTTP.</param>
internal sealed record Check(string What, string? Published, string Expected, string Got)
{
    public bool Ok => Expected == Got && (Published is null || Published == Got);

    public static Check Count(string what, string? published, long expected, long got) =>
        new(what, published, Number(expected), Number(got));

    public static Check Money(string what, string? published, long expectedCents, long gotCents) =>
        new(what, published, Cents(expectedCents), Cents(gotCents));

    /// <summary>Both sides are rounded to the displayed digits.</summary>
    public static Check Ratio(string what, string? published, double expected, double got, string format) =>
        new(what, published, expected.ToString(format, CultureInfo.InvariantCulture), got.ToString(format, CultureInfo.InvariantCulture));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Cents(long value) => (value / 100m).ToString("N2", CultureInfo.InvariantCulture);
}
