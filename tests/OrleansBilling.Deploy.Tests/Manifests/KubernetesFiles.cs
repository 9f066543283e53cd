using k8s;
using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Reads the objects under deploy/kubernetes strictly: an unknown, repeated or wrongly typed field fails.</summary>
internal static class KubernetesFiles
{
    /// <summary>The folders to apply: all roles in every pod, or silos and gateways apart.</summary>
    public static TheoryData<string> Topologies => ["all", "split"];

    /// <summary>All files except the kustomizations.</summary>
    public static string[] Paths => PathsUnder("");

    /// <summary>All objects of both topologies, each once.</summary>
    public static List<object> ReadEverything() => ReadFrom(Paths);

    /// <summary>The folders to apply beside a topology: the update of the schema before a roll-out, and the nightly backup.</summary>
    public static TheoryData<string> Chores => ["migrate", "backup"];

    /// <summary>The folder that kubectl applies for a topology or a chore.</summary>
    public static string Folder(string topology) => DeployFolder.Path("kubernetes", topology);

    public static List<object> ReadAll(string topology) => ReadFrom(PathsUnder("base").Concat(PathsUnder(topology)));

    public static List<T> Read<T>(string topology) => [.. ReadAll(topology).OfType<T>()];

    /// <summary>The workloads: name, pod selector and pod template.</summary>
    public static List<(string Name, V1LabelSelector Selector, V1PodTemplateSpec Template)> ReadWorkloads(string topology) =>
    [
        .. Read<V1Deployment>(topology).Select(set => (set.Metadata.Name, set.Spec.Selector, set.Spec.Template)),
        .. Read<V1StatefulSet>(topology).Select(set => (set.Metadata.Name, set.Spec.Selector, set.Spec.Template)),
    ];

    /// <summary>The objects of a folder alone.</summary>
    public static List<object> ReadFolder(string folder) => ReadFrom(PathsUnder(folder));

    /// <summary>The pods of every workload, job and scheduled job, with the name of their owner.</summary>
    public static List<(string Name, V1PodTemplateSpec Template)> ReadPods() =>
    [
        .. ReadEverything().Select(one => one switch
        {
            V1Deployment set => (set.Metadata.Name, set.Spec.Template),
            V1StatefulSet set => (set.Metadata.Name, set.Spec.Template),
            V1Job job => (job.Metadata.Name, job.Spec.Template),
            V1CronJob job => (job.Metadata.Name, job.Spec.JobTemplate.Spec.Template),
            _ => (Name: "", Template: null!),
        }).Where(pods => pods.Template is not null),
    ];

    private static List<object> ReadFrom(IEnumerable<string> paths) =>
        [.. paths.SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))];

    private static string[] PathsUnder(string folder) =>
    [
        .. Directory.GetFiles(DeployFolder.Path("kubernetes", folder), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal),
    ];
}
