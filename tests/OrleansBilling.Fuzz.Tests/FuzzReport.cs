using System.Globalization;
using System.Text;

namespace OrleansBilling.Fuzz.Tests;

/// <summary>The findings of a run.</summary>
internal sealed class FuzzReport(int seed, int operationsAll)
{
    public List<string> Faults { get; } = [];

    public HashSet<string> OperationsDone { get; } = new(StringComparer.Ordinal);

    /// <summary>Operations that have not succeeded yet.</summary>
    public HashSet<string> NeverDone { get; } = new(StringComparer.Ordinal);

    public int OperationsAll => operationsAll;

    public int Requests { get; set; }

    public SortedDictionary<int, int> Statuses { get; } = [];

    public TimeSpan Elapsed { get; set; }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{Requests} requests of {OperationsAll} operations in {Elapsed.TotalSeconds:0.0} s, seed {seed}: {Faults.Count} faults.");
        text.AppendLine(string.Join(", ", Statuses.Select(pair => $"{pair.Key}: {pair.Value}")));
        if (NeverDone.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Never succeeded: {string.Join(", ", NeverDone)}");
        foreach (var fault in Faults) text.AppendLine(fault);
        if (Faults.Count > 0)
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"Again: dotnet run -c Release --project tests/OrleansBilling.Fuzz.Tests -- --requests {Requests} --seed {seed}");
        return text.ToString();
    }
}
