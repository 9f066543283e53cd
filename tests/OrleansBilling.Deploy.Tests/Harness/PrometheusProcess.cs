using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Prometheus with the repository's configuration, reading two processes every second.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-prometheus-").FullName;
    private readonly HttpClient http = new() { BaseAddress = LoopbackPort.FindFreeAddress() };
    private readonly Process process;

    private PrometheusProcess(IEnumerable<Uri> targets, string key)
    {
        var addresses = string.Join("', '", targets.Select(one => one.Authority));
        var configuration = File.ReadAllText(DeployFolder.Path("prometheus", "prometheus.yaml"))
            .Replace("127.0.0.1:5081', '127.0.0.1:5082', '127.0.0.1:5083", addresses, StringComparison.Ordinal)
            .Replace("interval: 10s", "interval: 1s", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "prometheus.yaml"), configuration);
        File.Copy(DeployFolder.Path("prometheus", "alerts.yaml"), Path.Combine(folder, "alerts.yaml"));
        File.WriteAllText(Path.Combine(folder, "admin-key"), key);
        process = Process.Start(new ProcessStartInfo(
            Programs.Find("prometheus")!,
            [
                $"--config.file={folder}/prometheus.yaml", $"--storage.tsdb.path={folder}/data",
                $"--web.listen-address={http.BaseAddress!.Authority}", "--log.level=error",
            ]))!;
    }

    public static async Task<PrometheusProcess> StartAsync(string key, params Uri[] targets)
    {
        var prometheus = new PrometheusProcess(targets, key);
        try
        {
            await Eventually.HoldsAsync(what: "both processes are read", condition: prometheus.ReadsAllAsync);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    /// <summary>The results of a query: one for each series.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query)
    {
        using var response = await http.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{query} was answered with {text}");
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The alert rules: whether each could be evaluated, and whether it fires.</summary>
    public async Task<IReadOnlyList<(string Name, string Health, string State)>> ReadRulesAsync()
    {
        var text = await http.GetStringAsync(new Uri("/api/v1/rules", UriKind.Relative));
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("rules").EnumerateArray())
            .Select(rule => (Text(rule, "name"), Text(rule, "health"), Text(rule, "state")))];

        static string Text(JsonElement rule, string name) => rule.GetProperty(name).GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> ReadsAllAsync()
    {
        Assert.False(process.HasExited, "Prometheus has ended.");
        try
        {
            using (var ready = await http.GetAsync(new Uri("/-/ready", UriKind.Relative)))
            {
                if (!ready.IsSuccessStatusCode) return false;
            }

            var up = await QueryAsync("up");
            return up.Count == 2 && up.All(one => one.GetProperty("value")[1].GetString() == "1");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
