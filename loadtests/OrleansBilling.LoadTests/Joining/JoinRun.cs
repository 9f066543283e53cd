using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;

namespace OrleansBilling.LoadTests.Joining;

/// <summary>Runs <c>join</c>: reads the files, merges them, reports.</summary>
internal static class JoinRun
{
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, string? report, CancellationToken cancellationToken)
    {
        var files = new List<(string Path, HistogramFile File)>();
        foreach (var path in paths) files.Add((path, await HistogramFile.ReadAsync(path, cancellationToken)));
        return await Screen.ShowAsync(JoinedMachines.Of(files).Report(), report, cancellationToken);
    }
}
