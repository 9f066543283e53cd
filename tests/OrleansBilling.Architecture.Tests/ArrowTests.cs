using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Assembly = System.Reflection.Assembly;

namespace OrleansBilling.Architecture.Tests;

/// <summary>
/// Each project references only the projects below it, and the folders of a project do not depend on each other in a cycle.
/// </summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Runtime"] = ["Domain"],
        ["Storage"] = ["Domain", "Runtime"],
        ["Silo"] = ["Domain", "Runtime"],
        ["Gateway"] = ["Domain", "Runtime"],
        ["Delivery"] = ["Domain", "Runtime"],
        ["Client"] = [],
        ["Console"] = ["Client"],
        ["PaymentSimulator"] = ["Domain", "Runtime"],
        ["Server"] = ["Domain", "Runtime", "Storage", "Silo", "Gateway", "Delivery", "Console"],
    };

    private static readonly Assembly[] Assemblies = [.. Allowed.Keys.Select(name => Assembly.Load($"OrleansBilling.{name}"))];
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Assemblies).Build();

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_those_below_it(string project)
    {
        var known = Assembly.Load($"OrleansBilling.{project}").GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("OrleansBilling.", StringComparison.Ordinal))
            .Select(name => name["OrleansBilling.".Length..]);
        Assert.Empty(known.Except(Allowed[project]));
    }

    [Fact]
    public void The_domain_needs_nothing_but_time_zones()
    {
        string[] packages = ["NodaTime", "netstandard", "mscorlib"];
        var known = Assembly.Load("OrleansBilling.Domain").GetReferencedAssemblies().Select(reference => reference.Name!);
        Assert.Empty(known.Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).Except(packages));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_two_folders_of_a_project_know_each_other(string project) =>
        SliceRuleDefinition.Slices().Matching($"OrleansBilling.{project}.(*)..").Should().BeFreeOfCycles().Check(House);

    /// <summary>Without loaded types, the rule above would hold for nothing.</summary>
    [Fact]
    public void All_projects_are_looked_at() =>
        Assert.All(
            Allowed.Keys, project =>
                Assert.Contains(House.Types, type => type.FullName.StartsWith($"OrleansBilling.{project}.", StringComparison.Ordinal)));
}
