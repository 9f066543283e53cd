using System.Text.RegularExpressions;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/compose with docker-compose itself, and compares the resolved configuration with the files it names.</summary>
public sealed partial class ComposeTests
{
    public static TheoryData<string> Topologies => ComposeFiles.Topologies;

    [NeedsTheory(["docker-compose"])]
    [MemberData(nameof(Topologies))]
    public async Task Compose_accepts_it_and_asks_for_the_secrets_that_it_needs(string topology)
    {
        await Programs.MustRunAsync("docker-compose", [.. ComposeFiles.Of(topology), "config", "--quiet"], ComposeFiles.Secrets);
        var last = await File.ReadAllTextAsync(ComposeFiles.Of(topology)[^1]);
        foreach (var secret in ComposeFiles.Secrets.Keys.Where(secret => last.Contains($"${{{secret}:?", StringComparison.Ordinal)))
        {
            var without = ComposeFiles.Secrets.Where(pair => pair.Key != secret).ToDictionary();
            string[] check = [.. ComposeFiles.Of(topology), .. ComposeFiles.AllProfiles, "config", "--quiet"];
            var (exitCode, output) = await Programs.RunAsync("docker-compose", check, without);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("set it in deploy/compose/.env", output, StringComparison.Ordinal);
            Assert.Contains(File.ReadLines(DeployFolder.Path("compose", ".env.example")), line => line == $"{secret}=");
        }
    }

    [NeedsTheory(["docker-compose"])]
    [MemberData(nameof(Topologies))]
    public async Task Each_service_is_pinned_bounded_fenced_in_and_stops_in_its_own_time(string topology)
    {
        foreach (var (name, service) in await ComposeFiles.ReadServicesAsync(topology))
        {
            Assert.True(PinnedImage().IsMatch((string)service["image"]), $"{name}: {service["image"]} is not pinned.");
            Assert.Contains("no-new-privileges:true", (List<object>)service["security_opt"]);
            Assert.True(Map(Map(Map(service["deploy"])["resources"])["limits"]).ContainsKey("memory"), $"{name} has no memory limit.");
            Assert.Equal(name == "certificates", service.ContainsKey("cap_add"));
            Assert.False(service.ContainsKey("user"), $"{name} changes the user of its image.");
            if (name != "postgres") Assert.Equal(("true", "ALL"), (service["read_only"], ((List<object>)service["cap_drop"]).Single()));

            // The program allows itself 70 s to stop. Versions of docker-compose write the same duration differently.
            if (IsServer(service) && name != "migrate") Assert.Contains((string)service["stop_grace_period"], new[] { "90s", "1m30s" });
        }
    }

    [NeedsTheory(["docker-compose"])]
    [MemberData(nameof(Topologies))]
    public async Task Only_the_balancer_and_the_collectors_figures_can_be_reached_and_only_from_this_machine(string topology)
    {
        var open = (await ComposeFiles.ReadServicesAsync(topology)).Where(service => service.Value.ContainsKey("ports")).ToList();

        Assert.Equal(["haproxy", "otel-collector"], open.Select(service => service.Key).Order());
        Assert.All(
            open.SelectMany(service => (List<object>)service.Value["ports"]),
            port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
    }

    [NeedsTheory(["docker-compose"])]
    [MemberData(nameof(Topologies))]
    public async Task What_it_mounts_and_builds_is_there(string topology)
    {
        var services = await ComposeFiles.ReadServicesAsync(topology);
        var mounted = services.Values.Where(service => service.ContainsKey("volumes"))
            .SelectMany(service => (List<object>)service["volumes"])
            .Select(volume => ((string)volume).Split(':')[0]).Where(path => path.StartsWith('/')).ToList();
        Assert.True(mounted.Count >= 9);
        Assert.All(mounted, path => Assert.True(Path.Exists(path), $"{path} is not there."));

        var targets = File.ReadLines(DeployFolder.Path("docker", "Dockerfile"))
            .Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToHashSet();
        foreach (var build in services.Values.Where(service => service.ContainsKey("build")).Select(service => Map(service["build"])))
        {
            Assert.True(Path.Exists(Path.Combine((string)build["context"], (string)build["dockerfile"])));
            Assert.Contains((string)build["target"], targets);
        }
    }

    [NeedsTheory(["docker-compose"])]
    [InlineData("all", "BILLING_DATABASE_PASSWORD BILLING_ADMIN_KEY BILLING_MASTER_KEY")]
    [InlineData("split", "BILLING_DATABASE_PASSWORD BILLING_MASTER_KEY")]
    public async Task Each_service_gets_the_secrets_that_it_needs_and_no_other(string topology, string ofServers)
    {
        var services = await ComposeFiles.ReadServicesAsync(topology);
        var expected = new Dictionary<string, string>
        {
            ["postgres"] = "POSTGRES_PASSWORD BILLING_DATABASE_PASSWORD BILLING_MIGRATIONS_PASSWORD BILLING_BACKUP_PASSWORD",
            ["migrate"] = "BILLING_MIGRATIONS_PASSWORD",
            ["backup"] = "BILLING_BACKUP_PASSWORD",
            ["gateway-1"] = "BILLING_DATABASE_PASSWORD BILLING_ADMIN_KEY BILLING_MASTER_KEY",
            ["gateway-2"] = "BILLING_DATABASE_PASSWORD BILLING_ADMIN_KEY BILLING_MASTER_KEY",
            ["server-1"] = ofServers, ["server-2"] = ofServers, ["server-3"] = ofServers,
        };
        foreach (var (name, service) in services)
        {
            var values = service.TryGetValue("environment", out var set) ? Map(set).Values.OfType<string>().ToList() : [];
            var given = ComposeFiles.Secrets.Keys.Where(secret => values.Any(value => value.Contains(secret, StringComparison.Ordinal)));
            Assert.Equal((name, expected.GetValueOrDefault(name, "")), (name, string.Join(' ', given)));
        }
    }

    /// <summary>A key of TLS is only in the container that it belongs to, and the authority's key in none that serves.</summary>
    [NeedsTheory(["docker-compose"])]
    [MemberData(nameof(Topologies))]
    public async Task Each_service_gets_the_certificate_that_it_needs_and_waits_for_what_makes_it(string topology)
    {
        var services = await ComposeFiles.ReadServicesAsync(topology);
        foreach (var (name, service) in services)
        {
            var volumes = service.TryGetValue("volumes", out var list) ? ((List<object>)list).Cast<string>().ToList() : [];
            var mounted = volumes.Where(volume => volume.StartsWith("tls-", StringComparison.Ordinal)
                || volume.StartsWith("authority", StringComparison.Ordinal));
            string[] expected = name switch
            {
                "certificates" =>
                [
                    "authority:/authority:rw", "tls-public:/tls/public:rw", "tls-postgres:/tls/postgres:rw", "tls-servers:/tls/servers:rw",
                ],
                "postgres" => ["tls-postgres:/tls:ro"],
                "migrate" or "backup" => ["tls-public:/tls:ro"],
                _ => IsServer(service) ? ["tls-servers:/tls:ro"] : [],
            };
            Assert.Equal(expected.Order(), mounted.Order());
            var connection = service.TryGetValue("environment", out var set)
                ? Map(set).GetValueOrDefault("ConnectionStrings__Billing") as string : null;
            if (connection is not null) Assert.EndsWith(";SSL Mode=VerifyFull;Root Certificate=/tls/ca.crt", connection);
            if (!IsServer(service)) continue;
            var first = name == "migrate" ? "postgres=service_healthy" : "migrate=service_completed_successfully";
            Assert.Contains(first, Map(service["depends_on"]).Select(one => $"{one.Key}={Map(one.Value)["condition"]}"));
        }

        Assert.Equal(["certificates"], Map(services["postgres"]["depends_on"]).Keys);
        Assert.Contains("--migrate", (List<object>)services["migrate"]["command"]);
        Assert.Equal("no", services["migrate"]["restart"]);
    }

    [NeedsTheory(["docker-compose"])]
    [InlineData("all", new[] { "server-1", "server-2", "server-3" }, "all all all")]
    [InlineData("split", new[] { "gateway-1", "gateway-2" }, "gateway gateway silo silo silo")]
    public async Task The_balancer_knows_each_process_that_serves_the_api_and_no_other(string topology, string[] behind, string roles)
    {
        var services = await ComposeFiles.ReadServicesAsync(topology);
        var roleOf = services.Where(service => service.Key != "migrate" && IsServer(service.Value))
            .OrderBy(service => service.Key, StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => (string)Map(service.Value["environment"])["Billing__Role"]);
        Assert.Equal(roles, string.Join(' ', roleOf.Values));
        Assert.Equal(behind, roleOf.Where(service => service.Value != "silo").Select(service => service.Key));

        var balancer = Map(services["haproxy"]["environment"]);
        var known = balancer.Where(variable => ((string)variable.Key).StartsWith("BILLING_SERVER_", StringComparison.Ordinal))
            .Select(variable => (string)variable.Value);
        Assert.Equal(behind.Select(name => $"{name}:5080"), known.Where(address => address.Length > 0));
        Assert.Empty(behind.Except(Map(services["haproxy"]["depends_on"]).Keys));
    }

    private static bool IsServer(Dictionary<object, object> service) =>
        ((string)service["image"]).StartsWith("orleans-billing-server:", StringComparison.Ordinal);

    private static Dictionary<object, object> Map(object value) => ComposeFiles.Map(value);

    [GeneratedRegex(@":\d+\.\d+\.?\d*(-\w+)?$")]
    private static partial Regex PinnedImage();
}
