using System.Text.Json.Nodes;
using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks the settings in the manifests by starting processes with them and selling something.</summary>
public sealed class RoleSettingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-settings-").FullName;

    [NeedsTheory(["docker-compose", "postgres", "openssl"])]
    [InlineData("all", "server-1")]
    [InlineData("split", "server-1", "gateway-1")]
    public async Task With_those_of_compose_each_process_gets_ready_and_the_last_one_serves(string topology, params string[] names)
    {
        var services = await ComposeFiles.ReadServicesAsync(topology);
        await SellAsync(["/health/live", "/health/ready"], names.Select(name => ComposeFiles.Map(services[name]["environment"])
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value)));
    }

    [NeedsTheory(["postgres", "openssl"])]
    [InlineData("all", "server")]
    [InlineData("split", "silo", "gateway")]
    public async Task With_those_of_Kubernetes_each_process_answers_its_probes_and_the_last_one_serves(
        string topology, params string[] names)
    {
        var containers = KubernetesFiles.ReadWorkloads(topology)
            .ToDictionary(workload => workload.Name, workload => workload.Template.Spec.Containers.Single());
        var probes = containers.Values.SelectMany(
            container => new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe });
        var shared = KubernetesFiles.Read<V1ConfigMap>(topology).Single().Data;
        await SellAsync([.. probes.Select(probe => probe.HttpGet.Path).Distinct()], names.Select(name => containers[name].Env
            .Select(variable => KeyValuePair.Create(variable.Name, variable.Value ?? "127.0.0.1")).Concat(shared)
            .Append(KeyValuePair.Create("Billing__AdminKey", GetsAdminKey(containers[name]) ? ServerSettings.AdminKey : ""))
            .ToDictionary()));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool GetsAdminKey(V1Container container) => container.EnvFrom.Any(from => from.SecretRef?.Name == "billing-admin");

    /// <summary>Starts one process per set of settings on one database, and sells through the last one.</summary>
    private async Task SellAsync(IReadOnlyCollection<string> healthPaths, IEnumerable<Dictionary<string, string>> processes)
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: false);
        await using var provider = await PaymentProvider.StartAsync(TimeSpan.Zero);
        var own = ServerSettings.On(await postgres.CreateBillingDatabaseAsync("billing"), provider.Address);
        own["OTEL_EXPORTER_OTLP_ENDPOINT"] = "";
        var certificates = Path.Combine(folder, "tls", "servers");
        await MakeCertificatesAsync();
        var started = new List<ServerProcess>();
        try
        {
            foreach (var settings in processes)
            {
                if (settings["Billing__AdminKey"].Length == 0) own.Remove("Billing__AdminKey");
                else own["Billing__AdminKey"] = ServerSettings.AdminKey;
                if (settings.ContainsKey("Billing__MasterKey")) settings["Billing__MasterKey"] = Convert.ToBase64String(new byte[32]);
                foreach (var (name, value) in own) settings[name] = value;
                foreach (var (name, file) in settings.Where(one => one.Key.StartsWith("Billing__Tls__", StringComparison.Ordinal)).ToList())
                    settings[name] = Path.Combine(certificates, Path.GetRelativePath("/tls", file));
                started.Add(await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings));
                foreach (var path in healthPaths) await AnswersAsync(started[^1].Address, path);
            }

            using var client = new BillingClient(started[^1].Address, ServerSettings.AdminKey);
            await DailyOffer.AddAsync(client);
            await client.PostAsync("/v1/subscriptions", DailyOffer.Subscription("s1"), "subscribe-s1");
            await Eventually.HoldsAsync(what: "the first payment", condition: async () =>
                (await client.GetAsync("/v1/subscriptions/s1"))["status"]!.GetValue<string>() == "active");
        }
        finally
        {
            // Stop gateways before the silos they depend on.
            foreach (var process in Enumerable.Reverse(started)) await process.DisposeAsync();
        }
    }

    /// <summary>What the container "certificates" of compose makes; in Kubernetes the secret has files of the same names.</summary>
    private Task<string> MakeCertificatesAsync()
    {
        var self = Environment.UserName;
        return Programs.MustRunAsync("bash", [DeployFolder.Path("compose", "make-certificates.sh")], new Dictionary<string, string>
        {
            ["VOLUMES"] = folder, ["POSTGRES_OWNER"] = self, ["SERVERS_OWNER"] = self,
        });
    }

    private static async Task AnswersAsync(Uri address, string path)
    {
        using var http = new HttpClient { BaseAddress = address };
        var uri = new Uri(path, UriKind.Relative);
        await Eventually.HoldsAsync(what: $"{path} answers 200", condition: async () => (await http.GetAsync(uri)).IsSuccessStatusCode);
        Assert.Equal(Path.GetFileName(path), JsonNode.Parse(await http.GetStringAsync(uri))!["status"]!.GetValue<string>());
    }
}
