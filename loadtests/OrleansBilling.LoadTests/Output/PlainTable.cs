namespace OrleansBilling.LoadTests.Output;

/// <summary>A table as lines of text, padded with blanks.</summary>
internal static class PlainTable
{
    public static IEnumerable<string> Format(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var right = columns.Select(column => column.StartsWith('>')).ToList();
        var all = rows.Prepend([.. columns.Select(column => column.TrimStart('>'))]).ToList();
        var widths = columns.Select((_, n) => all.Max(row => row[n].Length)).ToList();
        yield return title;
        foreach (var row in all)
            yield return string.Join("  ", row.Select((cell, n) => right[n] ? cell.PadLeft(widths[n]) : cell.PadRight(widths[n])))
                .TrimEnd();
    }
}
