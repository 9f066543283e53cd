using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>deploy/kubernetes by the schemas of Kubernetes and by kustomize, and its parts against one another.</summary>
public sealed class KubernetesTests
{
    private static readonly List<(string Name, V1PodTemplateSpec Template)> Workloads =
    [
        .. KubernetesFiles.Read<V1Deployment>().Select(deployment => (deployment.Metadata.Name, deployment.Spec.Template)),
        .. KubernetesFiles.Read<V1StatefulSet>().Select(set => (set.Metadata.Name, set.Spec.Template)),
    ];

    [NeedsFact("node", "npm")]
    public async Task Every_object_fits_the_schema_of_its_kind()
    {
        var validator = Path.Combine(DeployFolder.Repository, "tests", "OrleansBilling.Deploy.Tests", "kubernetes-schema");
        if (!Directory.Exists(Path.Combine(validator, "node_modules"))) await Programs.MustRunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder: validator);

        var output = await Programs.MustRunAsync("node", ["validate.mjs", .. KubernetesFiles.Paths], folder: validator);

        Assert.Equal(KubernetesFiles.ReadAll().Count, output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [NeedsFact("kubectl")]
    public async Task Kustomize_puts_all_of_it_together_under_versions_of_your_registry()
    {
        var output = await Programs.MustRunAsync("kubectl", ["kustomize", KubernetesFiles.Folder]);

        Assert.Equal(KubernetesFiles.ReadAll().Count, output.Split('\n').Count(line => line.StartsWith("kind: ", StringComparison.Ordinal)));
        Assert.Contains("image: registry.example.com/orleans-billing-gateway:1.0.0", output, StringComparison.Ordinal);
        Assert.Contains("image: registry.example.com/orleans-billing-silo:1.0.0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_selector_finds_the_pods_that_it_means()
    {
        Assert.Equal(["gateway", "silo"], Workloads.Select(workload => workload.Name));
        foreach (var (name, template) in Workloads)
        {
            var selectors = KubernetesFiles.Read<V1Deployment>().Where(deployment => deployment.Metadata.Name == name).Select(deployment => deployment.Spec.Selector.MatchLabels)
                .Concat(KubernetesFiles.Read<V1StatefulSet>().Where(set => set.Metadata.Name == name).Select(set => set.Spec.Selector.MatchLabels))
                .Append(KubernetesFiles.Read<V1PodDisruptionBudget>().Single(budget => budget.Metadata.Name == name).Spec.Selector.MatchLabels)
                .Append(KubernetesFiles.Read<V1Service>().Single(service => service.Metadata.Name == name).Spec.Selector)
                .Append(template.Spec.TopologySpreadConstraints.Single().LabelSelector.MatchLabels).ToList();
            Assert.Equal(4, selectors.Count);
            Assert.All(selectors, selector => Assert.Equal([KeyValuePair.Create("app.kubernetes.io/name", name)], selector));
            Assert.Equal(name, template.Metadata.Labels["app.kubernetes.io/name"]);
        }

        var policy = KubernetesFiles.Read<V1NetworkPolicy>().Single().Spec;
        Assert.Equal("silo", policy.PodSelector.MatchLabels["app.kubernetes.io/name"]);
        Assert.Equal("gateway", KubernetesFiles.Read<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name);
        Assert.Null(KubernetesFiles.Read<V1Deployment>().Single().Spec.Replicas);
    }

    [Fact]
    public void Each_port_that_is_named_is_one_of_the_container()
    {
        foreach (var (name, template) in Workloads)
        {
            var container = template.Spec.Containers.Single();
            var ports = container.Ports.Select(port => port.Name).ToHashSet();
            var named = KubernetesFiles.Read<V1Service>().Single(service => service.Metadata.Name == name).Spec.Ports.Select(port => port.TargetPort.Value)
                .Concat(Probes(container).Select(probe => probe.HttpGet.Port.Value));
            if (name == "silo") named = named.Concat(KubernetesFiles.Read<V1NetworkPolicy>().Single().Spec.Ingress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value));
            Assert.All(named, port => Assert.Contains(port, ports));
        }
    }

    [Fact]
    public void Each_container_is_pinned_bounded_and_fenced_in()
    {
        foreach (var (name, template) in Workloads)
        {
            var (pod, container) = (template.Spec, template.Spec.Containers.Single());
            Assert.Matches(@"^[a-z-]+:\d+\.\d+\.\d+$", container.Image);
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
            Assert.Contains("memory", container.Resources.Limits.Keys);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.Equal((true, 1654, "RuntimeDefault"), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
            var security = container.SecurityContext;
            Assert.Equal((false, true), (security.AllowPrivilegeEscalation, security.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], security.Capabilities.Drop);
            Assert.Equal(["billing-configuration", "billing-secrets"], container.EnvFrom.Select(from => from.ConfigMapRef?.Name ?? from.SecretRef.Name));
            Assert.Equal("billing-configuration", KubernetesFiles.Read<V1ConfigMap>().Single().Metadata.Name);

            // Longer than the program's own limit for a stop, which is 50 s for a silo, 45 s after 5 s of grace for a gateway.
            Assert.True(pod.TerminationGracePeriodSeconds >= (name == "silo" ? 80 : 55));
        }
    }

    [Fact]
    public async Task Each_probe_asks_for_a_path_that_the_gateway_answers()
    {
        var paths = Workloads.SelectMany(workload => Probes(workload.Template.Spec.Containers.Single())).Select(probe => probe.HttpGet.Path).Distinct().ToList();
        Assert.Equal(["/health/live", "/health/ready"], paths.Order());
        var data = Directory.CreateTempSubdirectory("orleans-billing-probes-").FullName;
        try
        {
            await using var gateway = await ServerProcess.StartAsync("OrleansBilling.Server.dll", new Dictionary<string, string>
            {
                ["Billing__DataDirectory"] = data, ["Billing__AdminKey"] = GatewaySettings.AdminKey,
            });
            using var client = new BillingClient(gateway.Address, "");
            foreach (var path in paths) Assert.Equal(Path.GetFileName(path), (await client.GetAsync(path))["status"]!.GetValue<string>());
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static IEnumerable<V1Probe> Probes(V1Container container) => [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
}
