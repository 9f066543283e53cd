using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>deploy/systemd by systemd's own checks.</summary>
public sealed class SystemdTests
{
    /// <summary>Of 100: how exposed a unit may be by <c>systemd-analyze security</c>.</summary>
    private const string ExposureMax = "20";

    public static TheoryData<string> Units => new(Directory.GetFiles(DeployFolder.Path("systemd"), "*.service").Select(file => Path.GetFileName(file)));

    [NeedsTheory("systemd-analyze")]
    [MemberData(nameof(Units))]
    public async Task Systemd_accepts_the_unit_without_a_word(string unit)
    {
        // Whether a program is installed here is not the unit's fault.
        var folder = Directory.CreateTempSubdirectory("orleans-billing-units-").FullName;
        try
        {
            var copy = Path.Combine(folder, unit);
            await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(DeployFolder.Path("systemd", unit))).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));
            Assert.Equal("", await Programs.MustRunAsync("systemd-analyze", ["verify", copy]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [NeedsTheory("systemd-analyze")]
    [MemberData(nameof(Units))]
    public async Task The_unit_is_well_fenced_in(string unit) =>
        await Programs.MustRunAsync("systemd-analyze", ["security", "--offline=true", "--no-pager", $"--threshold={ExposureMax}", DeployFolder.Path("systemd", unit)]);

    [Theory]
    [InlineData("orleans-billing-gateway@.service", "OrleansBilling.Gateway")]
    [InlineData("orleans-billing-silo.service", "OrleansBilling.Cluster")]
    public void The_unit_starts_one_of_our_programs(string unit, string project) =>
        Assert.Contains(File.ReadLines(DeployFolder.Path("systemd", unit)), line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && line.Contains($"/{project}.dll ", StringComparison.Ordinal));
}
