using System.Text.Json;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Deploy.Tests.Manifests;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Metrics;

/// <summary>A real Prometheus reads a gateway and a silo, and every query of the dashboard and every alert is answered there.</summary>
public sealed class PrometheusTests
{
    /// <summary>These have a value as soon as one command was answered.</summary>
    private static readonly string[] Shown =
    [
        "billing_commands_total", "billing_calls_total", "billing_due_read_age_seconds", "billing_feed_age_seconds",
        "billing_subscriptions_live", "http_server_request_duration_seconds_count", "dotnet_process_cpu_time_seconds_total",
        "{__name__=~\"orleans_.+\"}",
    ];

    [NeedsFact(["postgres", "prometheus"])]
    public async Task Every_query_of_the_dashboard_and_every_alert_is_answered_by_what_the_processes_show()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: false);
        var settings = ServerSettings.On(await postgres.CreateBillingDatabaseAsync("billing"), new Uri("http://127.0.0.1:1"));
        settings["Billing__Payments"] = "simulator";
        settings["Billing__Metrics"] = "prometheus";
        await using var silo = await ServerProcess.StartAsync(
            "OrleansBilling.Server.dll", new Dictionary<string, string>(settings) { ["Billing__Role"] = "silo" });
        await using var gateway = await ServerProcess.StartAsync(
            "OrleansBilling.Server.dll", new Dictionary<string, string>(settings) { ["Billing__Role"] = "gateway" });
        using var client = new HttpClient { BaseAddress = gateway.Address };
        using (var refused = await client.GetAsync(new Uri("/metrics", UriKind.Relative)))
            Assert.Equal(401, (int)refused.StatusCode);

        client.DefaultRequestHeaders.Authorization = new("Bearer", ServerSettings.AdminKey);
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await client.PostAsync(
                new Uri("/v1/subscriptions/nobody/uncancel", UriKind.Relative), new StringContent("{}", null, "application/json"));
            return (int)answer.StatusCode == 404;
        });
        await using var prometheus = await PrometheusProcess.StartAsync(ServerSettings.AdminKey, silo.Address, gateway.Address);

        foreach (var name in Shown)
            await Eventually.HoldsAsync(async () => (await prometheus.QueryAsync(name)).Count > 0, what: name);
        await Eventually.EqualAsync(
            16, async () => (await prometheus.QueryAsync("count by (group) (billing_due_read_age_seconds)")).Count);

        foreach (var query in await DashboardQueriesAsync()) await prometheus.QueryAsync(query);
        await Eventually.HoldsAsync(
            async () => await prometheus.ReadRulesAsync() is var rules && rules.Count == AlertTests.Count
                && rules.All(rule => rule.Health == "ok"));
        Assert.DoesNotContain(await prometheus.ReadRulesAsync(), rule => rule.State == "firing");
    }

    private static async Task<IReadOnlyList<string>> DashboardQueriesAsync()
    {
        var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(DeployFolder.Path("grafana", "orleans-billing.json"))).RootElement;
        var queries = dashboard.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!
                .Replace("$service", ".*", StringComparison.Ordinal).Replace("$__rate_interval", "10s", StringComparison.Ordinal))
            .ToList();
        Assert.True(queries.Count > 20, "The dashboard has too few queries.");
        return queries;
    }
}
