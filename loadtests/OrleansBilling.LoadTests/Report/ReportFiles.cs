using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansBilling.LoadTests.Output;

namespace OrleansBilling.LoadTests.Report;

/// <summary>A report as two files: JSON for programs, and one page for people that needs nothing else.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync<T>(string directory, string name, T report, string page, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        await using (var file = File.Create($"{path}.json")) await JsonSerializer.SerializeAsync(file, report, Json, cancellationToken);
        await File.WriteAllTextAsync($"{path}.html", page, cancellationToken);
        Screen.Line($"report: {path}.json, {path}.html");
    }
}
