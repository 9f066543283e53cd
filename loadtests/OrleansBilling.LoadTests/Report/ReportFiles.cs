using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansBilling.LoadTests.Report;

/// <summary>A report as two files: JSON for programs and a self-contained HTML page for people.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes both files and returns their paths.</summary>
    public static async Task<string> WriteAsync(string directory, RunReport report, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, report.Name);
        await using (var file = File.Create($"{path}.json")) await JsonSerializer.SerializeAsync(file, report, Json, cancellationToken);
        await File.WriteAllTextAsync($"{path}.html", Page.Write(report), cancellationToken);
        return $"{path}.json, {path}.html";
    }
}
