namespace OrleansBilling.Console.Charts;

/// <summary>A line, or a layer of columns.</summary>
/// <param name="Color">The number of its color, from 1.</param>
/// <param name="Points">As many as the chart has categories; null where there is nothing.</param>
public sealed record Series(string Name, int Color, IReadOnlyList<double?> Points);
