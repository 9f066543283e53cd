using System.Text.RegularExpressions;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/systemd with systemd's own tools.</summary>
public sealed partial class SystemdTests
{
    /// <summary>The highest exposure, out of 100, that <c>systemd-analyze security</c> may report for a unit.</summary>
    private const string ExposureMax = "20";

    public static TheoryData<string> Units =>
        [.. Directory.GetFiles(DeployFolder.Path("systemd"), "*.service").Select(file => Path.GetFileName(file))];

    public static TheoryData<string> UnitsAndTimers =>
        [.. Directory.GetFiles(DeployFolder.Path("systemd")).Select(file => Path.GetFileName(file))];

    [NeedsTheory(["systemd-analyze"])]
    [MemberData(nameof(UnitsAndTimers))]
    public async Task Systemd_accepts_the_unit_without_a_word(string unit)
    {
        // A timer is checked with its service. Whether the programs are installed here is not the unit's concern.
        var folder = Directory.CreateTempSubdirectory("orleans-billing-units-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(DeployFolder.Path("systemd")))
            {
                var text = await File.ReadAllTextAsync(file);
                await File.WriteAllTextAsync(
                    Path.Combine(folder, Path.GetFileName(file)), Program().Replace(text, "ExecStart=/bin/true", count: 1));
            }

            Assert.Equal("", await Programs.MustRunAsync("systemd-analyze", ["verify", Path.Combine(folder, unit)]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [NeedsTheory(["systemd-analyze"])]
    [MemberData(nameof(Units))]
    public async Task The_unit_is_well_fenced_in(string unit) =>
        await Programs.MustRunAsync(
            "systemd-analyze",
            ["security", "--offline=true", "--no-pager", $"--threshold={ExposureMax}", DeployFolder.Path("systemd", unit)]);

    [Theory]
    [MemberData(nameof(Units))]
    public async Task A_unit_has_a_limit_of_memory_and_its_program_is_in_the_repository(string unit)
    {
        var lines = await File.ReadAllLinesAsync(DeployFolder.Path("systemd", unit));
        Assert.Single(lines, line => line.StartsWith("MemoryMax=", StringComparison.Ordinal));
        var start = lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal)).Split('=', ' ');
        Assert.True(start[1] == "/usr/bin/dotnet" || Path.Exists(start[1].Replace("/opt/orleans-billing/deploy", DeployFolder.Path())));
        Assert.Equal(unit.Contains("migrate", StringComparison.Ordinal), start.Contains("--migrate"));

        // Each role has secrets of its own.
        Assert.Contains(lines, line => line.StartsWith("EnvironmentFile=/etc/orleans-billing/", StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_units_share_a_user_or_a_file_of_secrets()
    {
        var files = Directory.GetFiles(DeployFolder.Path("systemd"), "*.service");
        foreach (var setting in new[] { "User=", "EnvironmentFile=/" })
        {
            var values = files.Select(file => File.ReadLines(file).Single(line => line.StartsWith(setting, StringComparison.Ordinal)));
            Assert.Equal(files.Length, values.Distinct().Count());
        }
    }

    /// <summary>Several instances run on one machine, so each derives its own ports from its name.</summary>
    [NeedsFact(["postgres"])]
    public async Task An_instance_listens_on_ports_of_its_own()
    {
        var lines = await File.ReadAllLinesAsync(DeployFolder.Path("systemd", "orleans-billing@.service"));
        var start = lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        Assert.EndsWith("/OrleansBilling.Server.dll --urls http://127.0.0.1:%i", start, StringComparison.Ordinal);
        var set = lines.Single(line => line.StartsWith("Environment=", StringComparison.Ordinal))["Environment=".Length..].Split(' ');
        var instance = Enumerable.Range(5_100, 4_000).First(port => PortsOf(port).All(LoopbackPort.IsFree));

        await using var postgres = await PostgresServer.StartNewAsync(durable: false);
        var settings = ServerSettings.On(await postgres.CreateBillingDatabaseAsync("billing"), new Uri("http://127.0.0.1:1"));
        foreach (var setting in set.Select(setting => setting.Split('=')))
            settings.Add(setting[0], setting[1].Replace("%i", $"{instance}", StringComparison.Ordinal));
        var address = new Uri($"http://127.0.0.1:{instance}");
        await using var server = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings, address);

        Assert.All(PortsOf(instance), port => Assert.False(LoopbackPort.IsFree(port), $"Nobody listens on {port}."));
    }

    /// <summary>The ports for callers, for other silos and for gateways.</summary>
    private static int[] PortsOf(int instance) => [instance, 10_000 + instance, 20_000 + instance];

    [GeneratedRegex("^ExecStart=/\\S+", RegexOptions.Multiline)]
    private static partial Regex Program();
}
