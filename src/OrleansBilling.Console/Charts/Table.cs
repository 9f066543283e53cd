namespace OrleansBilling.Console.Charts;

/// <summary>A table as people read it, and as a file has it.</summary>
/// <param name="Columns">Their headings. The first one names the row.</param>
/// <param name="Foot">The sums; null for none.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows, IReadOnlyList<Cell>? Foot = null);

/// <param name="Text">For people, in their language.</param>
/// <param name="Value">For programs: digits with a point, ISO dates.</param>
/// <param name="IsNumber">Whether it stands at the right.</param>
public readonly record struct Cell(string Text, string Value, bool IsNumber);
