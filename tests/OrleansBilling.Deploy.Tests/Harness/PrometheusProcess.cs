using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Prometheus with the repository's configuration, reading processes, or an exporter, every second.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-prometheus-").FullName;
    private readonly HttpClient http = new() { BaseAddress = LoopbackPort.FindFreeAddress() };
    private readonly ToolProcess process;
    private readonly int targetCount;

    private PrometheusProcess(IReadOnlyCollection<Uri> targets, Uri? exporter, string key)
    {
        targetCount = targets.Count + (exporter is null ? 0 : 1);
        var configuration = File.ReadAllText(DeployFolder.Path("prometheus", "prometheus.yaml"))
            .Replace("['127.0.0.1:5081', '127.0.0.1:5082', '127.0.0.1:5083']", List(targets), StringComparison.Ordinal)
            .Replace("['127.0.0.1:9187']", exporter is null ? "[]" : List([exporter]), StringComparison.Ordinal)
            .Replace("interval: 10s", "interval: 1s", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "prometheus.yaml"), configuration);
        File.Copy(DeployFolder.Path("prometheus", "alerts.yaml"), Path.Combine(folder, "alerts.yaml"));
        File.WriteAllText(Path.Combine(folder, "admin-key"), key);
        process = new ToolProcess(new ProcessStartInfo(
            Programs.Find("prometheus")!,
            [
                $"--config.file={folder}/prometheus.yaml", $"--storage.tsdb.path={folder}/data",
                $"--web.listen-address={http.BaseAddress!.Authority}", "--log.level=error",
            ]));
    }

    /// <summary>Starts it, reading these processes with this administrator's key.</summary>
    public static Task<PrometheusProcess> StartAsync(string key, params Uri[] targets) =>
        StartAsync(new PrometheusProcess(targets, exporter: null, key));

    /// <summary>Starts it, reading only an exporter of PostgreSQL.</summary>
    public static Task<PrometheusProcess> StartForDatabaseAsync(Uri exporter) =>
        StartAsync(new PrometheusProcess([], exporter, key: "none"));

    private static async Task<PrometheusProcess> StartAsync(PrometheusProcess prometheus)
    {
        try
        {
            await Eventually.HoldsAsync(what: "all targets are read", condition: prometheus.ReadsAllAsync);
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
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string List(IEnumerable<Uri> addresses) => $"[{string.Join(", ", addresses.Select(one => $"'{one.Authority}'"))}]";

    private async Task<bool> ReadsAllAsync()
    {
        process.RequireRunning();
        try
        {
            using (var ready = await http.GetAsync(new Uri("/-/ready", UriKind.Relative)))
            {
                if (!ready.IsSuccessStatusCode) return false;
            }

            var up = await QueryAsync("up");
            return up.Count == targetCount && up.All(one => one.GetProperty("value")[1].GetString() == "1");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
