using System.Text;

namespace OrleansBilling.Console.Charts;

/// <summary>Writes a table as CSV (RFC 4180).</summary>
public static class Csv
{
    public static string Write(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        Line(table.Columns);
        foreach (var row in table.Rows) Line(row.Select(static cell => cell.Value));
        return text.ToString();

        void Line(IEnumerable<string> fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");
    }

    /// <summary>Spreadsheets take a text that begins like a formula for one, so it gets an apostrophe in front.</summary>
    private static string Field(string text)
    {
        var isFormula = text switch
        {
            ['=' or '+' or '@' or '\t' or '\r', ..] => true,
            ['-', var next, ..] => !char.IsDigit(next),
            _ => false,
        };
        var safe = isFormula ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
