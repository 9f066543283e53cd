using System.Globalization;

namespace OrleansBilling.LoadTests.Report;

/// <summary>Figures as reports write them.</summary>
internal static class Numbers
{
    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Processor time by process.</summary>
    public static string Processors(IReadOnlyDictionary<string, double> microseconds) =>
        string.Join(", ", microseconds.Select(pair => $"{pair.Key} {Text(pair.Value, "N1")}"));
}
