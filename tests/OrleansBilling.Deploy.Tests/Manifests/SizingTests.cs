using System.Globalization;
using k8s.Models;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The table in deploy/sizing.md must follow from the figures above it.</summary>
public sealed class SizingTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [NeedsFact(["bash", "awk"])]
    public async Task The_table_is_worked_out_from_the_figures_above_it()
    {
        var worked = await Programs.MustRunAsync("bash", [DeployFolder.Path("sizing.sh")]);
        var document = await File.ReadAllTextAsync(DeployFolder.Path("sizing.md"));

        Assert.Equal(worked, Between(document, "<!-- table -->\n", "<!-- end -->"));
        Assert.Equal(9, worked.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("nan", worked, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What all pods may open at once, with the pods of a roll-out, is what PostgreSQL allows.</summary>
    [Fact]
    public async Task The_connections_follow_from_the_pods_and_the_database_allows_them()
    {
        var each = KubernetesFiles.Read<V1ConfigMap>("all").Single().Data["Billing__DatabaseConnections"];
        var gateways = KubernetesFiles.Read<V2HorizontalPodAutoscaler>("split").Single().Spec.MaxReplicas
            + int.Parse(KubernetesFiles.Read<V1Deployment>("split").Single().Spec.Strategy.RollingUpdate.MaxSurge.Value, Invariant);
        var silos = KubernetesFiles.Read<V1StatefulSet>("split").Single().Spec.Replicas;
        var servers = KubernetesFiles.Read<V1StatefulSet>("all").Single().Spec.Replicas;
        var lines = await File.ReadAllLinesAsync(DeployFolder.Path("sizing.md"));
        var rows = lines.SkipWhile(line => line != "## Connections").SkipWhile(line => line[..Math.Min(2, line.Length)] != "| ").Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()).ToList();

        foreach (var (who, count) in new[] { ("silos", silos), ("gateways", gateways), ("servers", servers) })
        {
            var row = rows.Single(row => row[0].StartsWith(who, StringComparison.Ordinal));
            Assert.Equal($"{who}: {count} with {each} each", $"{who}: {row[1]} with {row[2]} each");
        }

        Assert.All(rows[..^1], row => Assert.Equal(Number(row[3]), Number(row[1]) * Number(row[2])));
        Assert.Equal(Number(rows[^1][3]), rows[..^1].Sum(row => Number(row[3])));
        Assert.Contains(
            $"max_connections = {rows[^1][3]}", await File.ReadAllLinesAsync(DeployFolder.Path("postgres", "postgresql.conf")));
    }

    private static int Number(string cell) => int.Parse(cell, Invariant);

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
