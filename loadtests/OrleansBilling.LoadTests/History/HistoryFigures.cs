using System.Globalization;
using OrleansBilling.LoadTests.Output;

namespace OrleansBilling.LoadTests.History;

/// <summary>Samples of each operation and a table of their medians.</summary>
internal sealed class HistoryFigures
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, (List<HistorySample> Few, List<HistorySample> Many)> samples = [];

    public void Add(string name, HistorySample few, HistorySample many)
    {
        if (!samples.TryGetValue(name, out var of))
        {
            names.Add(name);
            samples[name] = of = ([], []);
        }

        of.Few.Add(few);
        of.Many.Add(many);
    }

    public void Show(string title) => Screen.Table(
        title,
        ["operation", ">ms, few", ">ms, many", ">×", ">KB allocated, few", ">many", ">×"],
        [.. names.Select(name =>
        {
            var (few, many) = samples[name];
            return (IReadOnlyList<string>)[
                name, Text(Time(few)), Text(Time(many)), Text(Time(many) / Time(few)),
                Text(Bytes(few) / 1024), Text(Bytes(many) / 1024), Text(Bytes(many) / Bytes(few))];
        })]);

    /// <summary>Whether no operation costs more than this many times as much, in time or in bytes.</summary>
    public bool Hold(double ratioMax) =>
        samples.Values.All(of => Time(of.Many) <= ratioMax * Time(of.Few) && Bytes(of.Many) <= ratioMax * Bytes(of.Few));

    private static double Time(List<HistorySample> of) => Median(of.Select(sample => sample.Milliseconds));

    private static double Bytes(List<HistorySample> of) => Median(of.Select(sample => (double)sample.AllocatedBytes));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
