using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Silos and gateways as processes of their own show the Orleans Dashboard, and it shows the whole cluster.</summary>
[Collection(ProcessCluster.Collection)]
public sealed class DashboardRolesTests
{
    [PostgresFact]
    public async Task Silos_and_gateways_show_all_silos_to_administrators_only()
    {
        await using var cluster = await ProcessCluster.StartAsync(silos: 2, virtualClock: false);
        var key = await MakeKeyAsync(cluster, new JsonObject { ["role"] = "admin" });
        var sellers = await MakeKeyAsync(cluster, new JsonObject { ["role"] = "seller", ["seller_id"] = "acme" });
        foreach (var process in cluster.Silos.Append(cluster.Gateway))
        {
            using var browser = new DashboardVisitor(process.Address);
            Assert.Equal(401, await browser.StatusOfAsync("/orleans/", password: null));
            Assert.Equal(401, await browser.StatusOfAsync("/orleans/DashboardCounters", "wrong"));
            Assert.Equal(403, await browser.StatusOfAsync("/orleans/DashboardCounters", sellers));
            Assert.Equal(200, await browser.StatusOfAsync("/orleans/", key));
            var silos = await Eventually.ReadAsync(
                () => ReadSilosAsync(browser, key), silos => silos.Count(silo => silo.Status == "Active") == 2);
            foreach (var (silo, _) in silos) Assert.Equal(200, await browser.StatusOfAsync($"/orleans/HistoricalStats/{silo}", key));
        }
    }

    private static async Task<string> MakeKeyAsync(ProcessCluster cluster, JsonObject asked) =>
        (await cluster.Client.PostAsync("/v1/api-keys", asked))["key"]!.GetValue<string>();

    private static async Task<List<(string Address, string Status)>> ReadSilosAsync(DashboardVisitor browser, string key)
    {
        var (status, _, text) = await browser.GetAsync("/orleans/DashboardCounters", key);
        Assert.Equal(200, status);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("hosts").EnumerateArray()
            .Select(silo => (silo.GetProperty("siloAddress").GetString()!, silo.GetProperty("status").GetString()!))];
    }
}
