using k8s;
using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The objects under deploy/kubernetes, read strictly: an unknown or repeated field, or one of the wrong type, fails.</summary>
internal static class KubernetesFiles
{
    /// <summary>The folders to apply: every pod in every role, or silos and gateways apart.</summary>
    public static TheoryData<string> Topologies => ["all", "split"];

    /// <summary>All files but the lists of them.</summary>
    public static string[] Paths => PathsUnder("");

    /// <summary>All objects of both topologies, each once.</summary>
    public static List<object> ReadEverything() => ReadFrom(Paths);

    /// <summary>What kubectl applies for a topology.</summary>
    public static string Folder(string topology) => DeployFolder.Path("kubernetes", topology);

    /// <summary>All objects of a topology.</summary>
    public static List<object> ReadAll(string topology) => ReadFrom(PathsUnder("base").Concat(PathsUnder(topology)));

    /// <summary>All objects of a kind.</summary>
    public static List<T> Read<T>(string topology) => [.. ReadAll(topology).OfType<T>()];

    /// <summary>What runs: a name, how its pods are found, and what they are.</summary>
    public static List<(string Name, V1LabelSelector Selector, V1PodTemplateSpec Template)> ReadWorkloads(string topology) =>
    [
        .. Read<V1Deployment>(topology).Select(set => (set.Metadata.Name, set.Spec.Selector, set.Spec.Template)),
        .. Read<V1StatefulSet>(topology).Select(set => (set.Metadata.Name, set.Spec.Selector, set.Spec.Template)),
    ];

    private static List<object> ReadFrom(IEnumerable<string> paths) =>
        [.. paths.SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))];

    private static string[] PathsUnder(string folder) =>
    [
        .. Directory.GetFiles(DeployFolder.Path("kubernetes", folder), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal),
    ];
}
