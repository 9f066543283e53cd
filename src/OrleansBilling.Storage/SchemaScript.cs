using System.Globalization;
using System.Text.RegularExpressions;

namespace OrleansBilling.Storage;

/// <summary>
/// One step of the schema. Comments at the top of its text may say two things: <c>-- concurrent</c>, that its statements run outside
/// a transaction (they must be repeatable), and <c>-- runs with programs since: 38</c>, that programs which know the schema only up to
/// this version may still start after it. Without that line, older programs must not.
/// </summary>
internal sealed partial record SchemaScript(int Number, string Name, string Text)
{
    public bool IsConcurrent => Text.StartsWith("-- concurrent\n", StringComparison.Ordinal);

    /// <summary>The oldest program that may start after this script, told by the newest script that it knows.</summary>
    public int OldestProgram =>
        OldestLine().Match(Text) is { Success: true } line ? int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : Number;

    /// <summary>The statements of a concurrent script. Each ends with a semicolon at the end of a line.</summary>
    public IEnumerable<string> Statements => Text
        .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The indexes that a concurrent script builds.</summary>
    public IEnumerable<string> ConcurrentIndexes => IndexName().Matches(Text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^-- runs with programs since: ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex OldestLine();

    [GeneratedRegex("create (?:unique )?index concurrently if not exists ([a-z_0-9]+)")]
    private static partial Regex IndexName();
}
