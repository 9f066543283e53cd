using System.Text.RegularExpressions;
using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The alert rules are valid, fire when they should, and each leads to a section of the runbook.</summary>
public sealed partial class AlertTests
{
    private static readonly string Folder = DeployFolder.Path("prometheus");

    /// <summary>How many alerts there are.</summary>
    public static int Count => Alert().Count(File.ReadAllText(DeployFolder.Path("prometheus", "alerts.yaml")));

    [NeedsFact(["promtool"])]
    public async Task Promtool_accepts_the_files_and_the_rules_pass_their_tests()
    {
        await Programs.MustRunAsync("promtool", ["check", "config", "--syntax-only", "prometheus.yaml"], folder: Folder);
        var rules = await Programs.MustRunAsync("promtool", ["check", "rules", "alerts.yaml"], folder: Folder);
        Assert.Contains($"{Count} rules found", rules, StringComparison.Ordinal);
        await Programs.MustRunAsync("promtool", ["test", "rules", "alerts.test.yaml"], folder: Folder);
    }

    [Fact]
    public async Task Each_alert_names_a_section_of_the_runbook()
    {
        var sections = (await File.ReadAllLinesAsync(DeployFolder.Path("runbook.md")))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..].ToLowerInvariant().Replace(' ', '-'))
            .ToHashSet(StringComparer.Ordinal);
        var alerts = await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yaml"));
        var named = Runbook().Matches(alerts).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(Count, named.Count);
        Assert.NotEmpty(named);
        Assert.All(named, section => Assert.Contains(section, sections));
    }

    [GeneratedRegex("runbook: deploy/runbook\\.md#(\\S+)")]
    private static partial Regex Runbook();

    [GeneratedRegex("- alert: ")]
    private static partial Regex Alert();
}
