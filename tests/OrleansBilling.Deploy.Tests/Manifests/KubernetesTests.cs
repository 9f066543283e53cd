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

    public static TheoryData<string> Chores => KubernetesFiles.Chores;

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

    [NeedsTheory(["kubectl"])]
    [MemberData(nameof(Chores))]
    public async Task Kustomize_puts_a_chore_together_under_a_version_of_your_registry(string chore)
    {
        var lines = (await Programs.MustRunAsync("kubectl", ["kustomize", KubernetesFiles.Folder(chore)])).Split('\n');

        Assert.Equal(KubernetesFiles.ReadFolder(chore).Count, lines.Count(line => line.StartsWith("kind: ", StringComparison.Ordinal)));
        var image = lines.Select(line => line.Trim()).Single(line => line.StartsWith("image: ", StringComparison.Ordinal));
        Assert.Matches("^image: registry\\.example\\.com/orleans-billing-[a-z]+:1\\.0\\.0$", image);
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
                selector.MatchLabels, .. template.Spec.TopologySpreadConstraints.Select(spread => spread.LabelSelector.MatchLabels),
                budget.Spec.Selector.MatchLabels, service.Spec.Selector,
            ];
            Assert.Equal(5, selectors.Length);
            Assert.All(selectors, labels => Assert.Equal([KeyValuePair.Create(NameLabel, name)], labels));
            Assert.Equal((name, "orleans-billing"), (template.Metadata.Labels[NameLabel], template.Metadata.Labels[PartLabel]));
        }

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
            Assert.Equal(name == "gateway" ? ["http"] : ["gateways", "http", "silos"], ports.Keys.Order());
        }
    }

    [Fact]
    public void Each_container_is_pinned_bounded_and_fenced_in()
    {
        var pods = KubernetesFiles.ReadPods();
        Assert.Equal(["backup", "gateway", "migrate", "server", "silo"], pods.Select(pod => pod.Name).Order());
        foreach (var (name, template) in pods)
        {
            var (pod, container) = (template.Spec, Container(template));
            Assert.Equal((name, "orleans-billing"), (template.Metadata.Labels[NameLabel], template.Metadata.Labels[PartLabel]));
            Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
            Assert.Contains("memory", container.Resources.Limits.Keys);
            Assert.False(pod.AutomountServiceAccountToken);
            var user = pod.SecurityContext;
            Assert.Equal((true, "RuntimeDefault"), (user.RunAsNonRoot, user.SeccompProfile.Type));
            Assert.Equal(name == "backup" ? 999 : 1654, user.RunAsUser);
            var security = container.SecurityContext;
            Assert.Equal((false, true), (security.AllowPrivilegeEscalation, security.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], security.Capabilities.Drop);
        }
    }

    /// <summary>A stop may take 5 s before the signal, 50 s for the host and 20 s for the rest.</summary>
    [Theory]
    [MemberData(nameof(Topologies))]
    public void A_server_has_the_time_that_it_needs_to_stop(string topology) => Assert.All(
        KubernetesFiles.ReadWorkloads(topology), workload => Assert.True(workload.Template.Spec.TerminationGracePeriodSeconds >= 80));

    [Theory]
    [InlineData("server", "billing-database billing-admin billing-master-key", "tls.crt tls.key ca.crt")]
    [InlineData("silo", "billing-database billing-master-key", "tls.crt tls.key ca.crt")]
    [InlineData("gateway", "billing-database billing-admin billing-master-key", "tls.crt tls.key ca.crt")]
    [InlineData("migrate", "billing-migrations", "ca.crt")]
    [InlineData("backup", "billing-backup", "ca.crt")]
    public async Task Each_role_gets_the_secrets_that_it_needs_and_no_other(string name, string secrets, string files)
    {
        var pod = KubernetesFiles.ReadPods().Single(pods => pods.Name == name).Template.Spec;
        var container = pod.Containers.Single();
        Assert.Equal(secrets.Split(' '), container.EnvFrom.Where(from => from.SecretRef is not null).Select(from => from.SecretRef.Name));
        Assert.All(container.EnvFrom, from => Assert.True(from.SecretRef is not null || from.ConfigMapRef.Name == "billing-configuration"));

        // The whole secret is tls.crt, tls.key and ca.crt.
        var mounted = pod.Volumes.Single(volume => volume.Secret is not null);
        Assert.Equal(("tls", "billing-tls", 0b100_100_000), (mounted.Name, mounted.Secret.SecretName, mounted.Secret.DefaultMode));
        Assert.Equal(files, string.Join(' ', mounted.Secret.Items?.Select(item => item.Key) ?? ["tls.crt", "tls.key", "ca.crt"]));
        Assert.Equal(("/tls", true), container.VolumeMounts.Where(mount => mount.Name == "tls")
            .Select(mount => (mount.MountPath, mount.ReadOnlyProperty)).Single());
        Assert.Equal(pod.SecurityContext.RunAsUser, pod.SecurityContext.FsGroup);

        // The README says how to make each of them.
        var readme = await File.ReadAllTextAsync(DeployFolder.Path("kubernetes", "README.md"));
        Assert.All(secrets.Split(' ').Append("billing-tls"), secret => Assert.Contains($"create secret generic {secret} ", readme));
    }

    [Fact]
    public void The_settings_name_the_files_that_are_mounted()
    {
        var settings = KubernetesFiles.Read<V1ConfigMap>("all").Single().Data;
        Assert.Equal(
            ["/tls/ca.crt", "/tls/tls.crt", "/tls/tls.key"],
            settings.Where(one => one.Key.StartsWith("Billing__Tls__", StringComparison.Ordinal)).Select(one => one.Value).Order());
        Assert.DoesNotContain(settings.Keys, key => key.Contains("Key", StringComparison.Ordinal) && !key.Contains("__Tls__"));
    }

    [Fact]
    public void A_migration_runs_once_ends_and_can_be_repeated()
    {
        var job = KubernetesFiles.ReadFolder("migrate").OfType<V1Job>().Single().Spec;
        Assert.Equal(["--migrate"], Container(job.Template).Args);
        Assert.Equal((3, "Never"), (job.BackoffLimit, job.Template.Spec.RestartPolicy));
        Assert.NotNull(job.TtlSecondsAfterFinished);
        var servers = KubernetesFiles.ReadWorkloads("all").Concat(KubernetesFiles.ReadWorkloads("split"));
        Assert.All(servers, server => Assert.Equal(Container(server.Template).Image, Container(job.Template).Image));
    }

    [Fact]
    public void One_backup_runs_at_a_time_into_a_volume_of_its_own()
    {
        var backup = KubernetesFiles.ReadFolder("backup");
        var job = backup.OfType<V1CronJob>().Single().Spec;
        Assert.Equal("Forbid", job.ConcurrencyPolicy);
        var pod = job.JobTemplate.Spec.Template.Spec;
        var folder = pod.Containers.Single().VolumeMounts.Single(mount => mount.Name == "backup").MountPath;
        Assert.Equal([folder], pod.Containers.Single().Args);
        var claim = pod.Volumes.Single(volume => volume.Name == "backup").PersistentVolumeClaim.ClaimName;
        Assert.Equal(claim, backup.OfType<V1PersistentVolumeClaim>().Single().Metadata.Name);
    }

    private static V1Container Container(V1PodTemplateSpec template) => template.Spec.Containers.Single();

    private static IEnumerable<V1Probe> Probes(V1Container container) =>
        [container.StartupProbe, container.ReadinessProbe, container.LivenessProbe];
}
