using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.LoadTests.Report;

/// <summary>A table of a report. Columns whose name starts with <c>&gt;</c> are right-aligned.</summary>
internal sealed record ReportTable(
    string Title, [property: JsonIgnore] IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    [JsonPropertyName("columns")]
    public IReadOnlyList<string> Names => [.. Columns.Select(column => column.TrimStart('>'))];
}

/// <summary>The content of a cell: text, or a number with its display format. JSON keeps the number.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct ReportCell(string Text, double? Value)
{
    public static implicit operator ReportCell(string text) => new(text, null);

    public static ReportCell Of(double value, string format = "N0") => new(value.ToString(format, CultureInfo.InvariantCulture), value);

    private sealed class Converter : JsonConverter<ReportCell>
    {
        public override ReportCell Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Reports cannot be read back.");

        public override void Write(Utf8JsonWriter writer, ReportCell cell, JsonSerializerOptions options)
        {
            if (cell.Value is { } value && double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteStringValue(cell.Text);
        }
    }
}
