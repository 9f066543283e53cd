using System.Text.Json;

namespace OrleansBilling.Testing;

/// <summary>The warnings and errors of Orleans, Polly and Npgsql in a log with one JSON document per line.</summary>
public static class LibraryLog
{
    private static readonly string[] Libraries = ["Orleans.", "Microsoft.Orleans", "Polly", "Npgsql"];
    private static readonly string[] Levels = ["Warning", "Error", "Critical"];

    /// <summary>How often each kind was written: category, event, type of exception.</summary>
    public static IReadOnlyDictionary<string, int> Count(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] == '{')
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => Levels.Contains(Text(line, "LogLevel")))
            .Where(line => Libraries.Any(library => Text(line, "Category").StartsWith(library, StringComparison.Ordinal)))
            .CountBy(line => $"{Text(line, "Category")}[{line.GetProperty("EventId")}] {Text(line, "Exception").Split(':', ' ')[0]}")
            .ToDictionary();
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
