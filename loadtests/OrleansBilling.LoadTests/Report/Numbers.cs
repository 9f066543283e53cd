using System.Globalization;

namespace OrleansBilling.LoadTests.Report;

/// <summary>Formats numbers for reports.</summary>
internal static class Numbers
{
    /// <summary>Processor time by process, in microseconds per command.</summary>
    public static string Processors(IReadOnlyDictionary<string, double> microseconds) =>
        string.Join(", ", microseconds.Select(pair => Invariant($"{pair.Key} {pair.Value:N1}")));

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
