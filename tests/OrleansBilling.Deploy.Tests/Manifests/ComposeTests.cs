using System.Text.RegularExpressions;
using OrleansBilling.Deploy.Tests.Harness;
using YamlDotNet.Serialization;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>deploy/compose by docker-compose's own check, and what it resolves to against the files that it names.</summary>
public sealed partial class ComposeTests
{
    private static readonly string File = DeployFolder.Path("compose", "compose.yaml");
    private static readonly Dictionary<string, string> Secrets = new() { ["BILLING_DATABASE_PASSWORD"] = "a", ["BILLING_ADMIN_KEY"] = "b" };

    [NeedsFact("docker-compose")]
    public async Task Compose_accepts_it_and_asks_for_the_secrets_that_it_needs()
    {
        await Programs.MustRunAsync("docker-compose", ["-f", File, "config", "--quiet"], Secrets);
        foreach (var secret in Secrets.Keys)
        {
            var without = Secrets.Where(pair => pair.Key != secret).ToDictionary();
            var (exitCode, output) = await Programs.RunAsync("docker-compose", ["-f", File, "config", "--quiet"], without);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("set it in deploy/compose/.env", output, StringComparison.Ordinal);
            Assert.Contains(System.IO.File.ReadLines(DeployFolder.Path("compose", ".env.example")), line => line == $"{secret}=");
        }
    }

    [NeedsFact("docker-compose")]
    public async Task Each_service_is_pinned_bounded_fenced_in_and_stops_in_its_own_time()
    {
        foreach (var (name, service) in await ReadServicesAsync())
        {
            Assert.True(PinnedImage().IsMatch((string)service["image"]), $"{name}: {service["image"]} is not pinned.");
            Assert.Contains("no-new-privileges:true", (List<object>)service["security_opt"]);
            Assert.True(Map(Map(Map(service["deploy"])["resources"])["limits"]).ContainsKey("memory"), $"{name} has no memory limit.");
            Assert.False(service.ContainsKey("user"), $"{name} changes the user of its image.");
            if (name != "postgres") Assert.Equal(("true", "ALL"), (service["read_only"], ((List<object>)service["cap_drop"]).Single()));
        }
    }

    [NeedsFact("docker-compose")]
    public async Task Only_the_balancer_and_the_collectors_figures_can_be_reached_and_only_from_this_machine()
    {
        var open = (await ReadServicesAsync()).Where(service => service.Value.ContainsKey("ports")).ToList();

        Assert.Equal(["haproxy", "otel-collector"], open.Select(service => service.Key).Order());
        Assert.All(open.SelectMany(service => (List<object>)service.Value["ports"]), port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
    }

    [NeedsFact("docker-compose")]
    public async Task What_it_mounts_and_builds_is_there_and_the_balancer_knows_the_gateways()
    {
        var services = await ReadServicesAsync();
        var mounted = services.Values.Where(service => service.ContainsKey("volumes")).SelectMany(service => (List<object>)service["volumes"])
            .Select(volume => ((string)volume).Split(':')[0]).Where(path => path.StartsWith('/')).ToList();
        Assert.True(mounted.Count >= 5);
        Assert.All(mounted, path => Assert.True(Path.Exists(path), $"{path} is not there."));

        var targets = System.IO.File.ReadLines(DeployFolder.Path("docker", "Dockerfile")).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToHashSet();
        foreach (var build in services.Values.Where(service => service.ContainsKey("build")).Select(service => Map(service["build"])))
        {
            Assert.True(Path.Exists(Path.Combine((string)build["context"], (string)build["dockerfile"])));
            Assert.Contains((string)build["target"], targets);
        }

        var balancer = Map(services["haproxy"]["environment"]);
        Assert.Equal(["gateway-1:5080", "gateway-2:5080"], [balancer["BILLING_GATEWAY_1"], balancer["BILLING_GATEWAY_2"]]);
        Assert.Contains("gateway-1", services.Keys);
        Assert.Contains("gateway-2", services.Keys);
    }

    private static async Task<Dictionary<string, Dictionary<object, object>>> ReadServicesAsync()
    {
        var resolved = await Programs.MustRunAsync("docker-compose", ["-f", File, "--profile", "telemetry", "config"], Secrets);
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(resolved);
        return Map(document["services"]).ToDictionary(service => (string)service.Key, service => Map(service.Value));
    }

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    [GeneratedRegex(@":\d+\.\d+\.?\d*(-\w+)?$")]
    private static partial Regex PinnedImage();
}
