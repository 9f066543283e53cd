using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/kubernetes against the Kubernetes schemas, with kustomize, and for consistency between its parts.</summary>
public sealed class KubernetesTests
{
    private const string NameLabel = "app.kubernetes.io/name";
    private const string PartLabel = "app.kubernetes.io/part-of";

    public static TheoryData<string> Topologies => KubernetesFiles.Topologies;

    [NeedsFact(["node", "npm"])]
    public async Task Every_object_fits_the_schema_of_its_kind()
    {
        var validator = Path.Combine(RepositoryFolder.Root, "tests", "OrleansBilling.Deploy.Tests", "kubernetes-schema");
        if (!Directory.Exists(Path.Combine(validator, "node_modules")))
            await Programs.MustRunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder: validator);

        var output = await Programs.MustRunAsync("node", ["validate.mjs", .. KubernetesFiles.Paths], folder: validator);

        var accepted = output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal));
        Assert.Equal(KubernetesFiles.ReadEverything().Count, accepted);
    }

    [NeedsTheory(["kubectl"])]
    [MemberData(nameof(Topologies))]
    public async Task Kustomize_puts_all_of_it_together_under_a_version_of_your_registry(string topology)
    {
        var output = await Programs.MustRunAsync("kubectl", ["kustomize", KubernetesFiles.Folder(topology)]);

        var lines = output.Split('\n');
        Assert.Equal(KubernetesFiles.ReadAll(topology).Count, lines.Count(line => line.StartsWith("kind: ", StringComparison.Ordinal)));
        var images = lines.Select(line => line.Trim()).Where(line => line.StartsWith("image: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(KubernetesFiles.ReadWorkloads(topology).Count, images.Count);
        Assert.All(images, image => Assert.Equal("image: registry.example.com/orleans-billing-server:1.0.0", image));
    }

    [Theory]
    [InlineData("all", "server=all")]
    [InlineData("split", "gateway=gateway silo=silo")]
    public void A_topology_has_these_workloads_in_these_roles(string topology, string expected)
    {
        var roles = KubernetesFiles.ReadWorkloads(topology).Select(workload =>
            $"{workload.Name}={Container(workload.Template).Env.Single(variable => variable.Name == "Billing__Role").Value}");
        Assert.Equal(expected, string.Join(' ', roles));
    }

    [Theory]
    [MemberData(nameof(Topologies))]
    public void Each_selector_finds_the_pods_that_it_means(string topology)
    {
        foreach (var (name, selector, template) in KubernetesFiles.ReadWorkloads(topology))
        {
            var budget = KubernetesFiles.Read<V1PodDisruptionBudget>(topology).Single(budget => budget.Metadata.Name == name);
            var service = KubernetesFiles.Read<V1Service>(topology).Single(service => service.Metadata.Name == name);
            IDictionary<string, string>[] selectors =
            [
                selector.MatchLabels, template.Spec.TopologySpreadConstraints.Single().LabelSelector.MatchLabels,
                budget.Spec.Selector.MatchLabels, service.Spec.Selector,
            ];
            Assert.All(selectors, labels => Assert.Equal([KeyValuePair.Create(NameLabel, name)], labels));
            Assert.Equal((name, "orleans-billing"), (template.Metadata.Labels[NameLabel], template.Metadata.Labels[PartLabel]));
        }

        var policy = KubernetesFiles.Read<V1NetworkPolicy>(topology).Single().Spec;
        Assert.Equal([KeyValuePair.Create(PartLabel, "orleans-billing")], policy.PodSelector.MatchLabels);
        foreach (var set in KubernetesFiles.Read<V1StatefulSet>(topology))
        {
            var members = KubernetesFiles.Read<V1Service>(topology).Single(service => service.Metadata.Name == set.Spec.ServiceName);
            Assert.Equal(("None", set.Metadata.Name), (members.Spec.ClusterIP, members.Spec.Selector[NameLabel]));
        }

        foreach (var autoscaler in KubernetesFiles.Read<V2HorizontalPodAutoscaler>(topology))
        {
            var target = autoscaler.Spec.ScaleTargetRef.Name;
            var scaled = KubernetesFiles.Read<V1Deployment>(topology).Single(deployment => deployment.Metadata.Name == target);
            Assert.Null(scaled.Spec.Replicas);
        }
    }

    [Theory]
    [MemberData(nameof(Topologies))]
    public void Each_port_that_is_named_is_one_of_the_container(string topology)
    {
        foreach (var (name, _, template) in KubernetesFiles.ReadWorkloads(topology))
        {
            var container = Container(template);
            var ports = container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);
            var named = KubernetesFiles.Read<V1Service>(topology).Where(service => service.Spec.Selector[NameLabel] == name)
                .SelectMany(service => service.Spec.Ports).Select(port => port.TargetPort.Value)
                .Concat(Probes(container).Select(probe => probe.HttpGet.Port.Value)).ToHashSet();
            Assert.Empty(named.Except(ports.Keys));
            Assert.Equal(5080, ports["http"]);

            // The network policy keeps strangers away from the ports of the grains.
            var policy = KubernetesFiles.Read<V1NetworkPolicy>(topology).Single().Spec;
            var guarded = policy.Ingress.Single(rule => rule.FromProperty is not null).Ports.Select(port => port.Port.Value);
            Assert.Equal(name == "gateway" ? ["http"] : ["gateways", "http", "silos"], ports.Keys.Order());
            Assert.Equal(ports.Keys.Except(["http"]).Order(), guarded.Intersect(ports.Keys).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Topologies))]
    public void Each_container_is_pinned_bounded_and_fenced_in(string topology)
    {
        foreach (var (_, _, template) in KubernetesFiles.ReadWorkloads(topology))
        {
            var (pod, container) = (template.Spec, Container(template));
            Assert.Matches(@"^[a-z-]+:\d+\.\d+\.\d+$", container.Image);
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
            Assert.Contains("memory", container.Resources.Limits.Keys);
            Assert.False(pod.AutomountServiceAccountToken);
            var user = pod.SecurityContext;
            Assert.Equal((true, 1654, "RuntimeDefault"), (user.RunAsNonRoot, user.RunAsUser, user.SeccompProfile.Type));
            var security = container.SecurityContext;
            Assert.Equal((false, true), (security.AllowPrivilegeEscalation, security.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], security.Capabilities.Drop);
            Assert.Equal(
                ["billing-configuration", "billing-secrets"],
                container.EnvFrom.Select(from => from.ConfigMapRef?.Name ?? from.SecretRef.Name));
            Assert.Equal("billing-configuration", KubernetesFiles.Read<V1ConfigMap>(topology).Single().Metadata.Name);

            // A stop may take 5 s before the signal, 50 s for the host and 20 s for the rest. The grace period must be longer.
            Assert.True(pod.TerminationGracePeriodSeconds >= 80);
        }
    }

    private static V1Container Container(V1PodTemplateSpec template) => template.Spec.Containers.Single();

    private static IEnumerable<V1Probe> Probes(V1Container container) =>
        [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
}
