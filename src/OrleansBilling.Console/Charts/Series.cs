namespace OrleansBilling.Console.Charts;

/// <summary>A line, or a layer of columns.</summary>
/// <param name="Color">The number of its color, from 1.</param>
/// <param name="Spots">As many as the chart has categories.</param>
public sealed record Series(string Name, int Color, IReadOnlyList<Spot> Spots);

/// <param name="Value">Where it is drawn; null where there is nothing.</param>
/// <param name="Text">What it says exactly.</param>
public readonly record struct Spot(double? Value, string Text);
