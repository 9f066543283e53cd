using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/systemd with systemd's own tools.</summary>
public sealed class SystemdTests
{
    /// <summary>The highest exposure, out of 100, that <c>systemd-analyze security</c> may report for a unit.</summary>
    private const string ExposureMax = "20";

    public static TheoryData<string> Units =>
        [.. Directory.GetFiles(DeployFolder.Path("systemd"), "*.service").Select(file => Path.GetFileName(file))];

    [NeedsTheory(["systemd-analyze"])]
    [MemberData(nameof(Units))]
    public async Task Systemd_accepts_the_unit_without_a_word(string unit)
    {
        // Whether dotnet is installed here is not the unit's concern.
        var folder = Directory.CreateTempSubdirectory("orleans-billing-units-").FullName;
        try
        {
            var copy = Path.Combine(folder, unit);
            var text = await File.ReadAllTextAsync(DeployFolder.Path("systemd", unit));
            await File.WriteAllTextAsync(copy, text.Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));
            Assert.Equal("", await Programs.MustRunAsync("systemd-analyze", ["verify", copy]));
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
}
