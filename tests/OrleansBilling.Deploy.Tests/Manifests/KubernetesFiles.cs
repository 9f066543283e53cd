using k8s;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The objects under deploy/kubernetes, read strictly: an unknown or repeated field, or one of the wrong type, fails.</summary>
internal static class KubernetesFiles
{
    public static string Folder => DeployFolder.Path("kubernetes");

    /// <summary>All files but the list of them.</summary>
    public static string[] Paths => [.. Directory.GetFiles(Folder, "*.yaml").Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal)];

    public static List<object> ReadAll() => [.. Paths.SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))];

    /// <summary>All objects of a kind.</summary>
    public static List<T> Read<T>() => [.. ReadAll().OfType<T>()];
}
