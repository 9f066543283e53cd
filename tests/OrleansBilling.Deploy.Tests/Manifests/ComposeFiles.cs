using System.Collections.Concurrent;
using OrleansBilling.Deploy.Tests.Harness;
using YamlDotNet.Serialization;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The files of deploy/compose as docker-compose resolves them: compose.yaml alone, or with split.yaml on top.</summary>
internal static class ComposeFiles
{
    /// <summary>Each with its own name as its value, so that a test sees who gets it.</summary>
    public static readonly Dictionary<string, string> Secrets = new[]
    {
        "POSTGRES_PASSWORD", "BILLING_DATABASE_PASSWORD", "BILLING_MIGRATIONS_PASSWORD", "BILLING_BACKUP_PASSWORD", "BILLING_ADMIN_KEY",
        "BILLING_MASTER_KEY",
    }.ToDictionary(name => name);

    private static readonly ConcurrentDictionary<string, Task<Dictionary<string, Dictionary<object, object>>>> Resolved = new();

    public static readonly string[] AllProfiles = ["--profile", "telemetry", "--profile", "backup"];

    public static TheoryData<string> Topologies => ["all", "split"];

    /// <summary>The docker-compose arguments for a topology.</summary>
    public static string[] Of(string topology) =>
        topology == "split" ? [.. Named("compose.yaml"), .. Named("split.yaml")] : Named("compose.yaml");

    /// <summary>The services by name. docker-compose takes a second for it, so each topology is resolved once.</summary>
    public static Task<Dictionary<string, Dictionary<object, object>>> ReadServicesAsync(string topology) =>
        Resolved.GetOrAdd(topology, ResolveAsync);

    private static async Task<Dictionary<string, Dictionary<object, object>>> ResolveAsync(string topology)
    {
        var resolved = await Programs.MustRunAsync("docker-compose", [.. Of(topology), .. AllProfiles, "config"], Secrets);
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(resolved);
        return Map(document["services"]).ToDictionary(service => (string)service.Key, service => Map(service.Value));
    }

    public static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    private static string[] Named(string file) => ["-f", DeployFolder.Path("compose", file)];
}
