using System.Runtime.Versioning;
using OrleansBilling.Deploy.Tests.Balancer;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks the scripts under deploy with shellcheck, and runs those that no other test runs.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScriptTests
{
    [NeedsFact(["shellcheck"])]
    public async Task Shellcheck_finds_nothing()
    {
        var scripts = Directory.GetFiles(DeployFolder.Path(), "*.sh", SearchOption.AllDirectories);
        Assert.True(scripts.Length >= 8, $"Only {scripts.Length} scripts were found.");
        Assert.All(scripts, script =>
            Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), $"{script} cannot be executed."));
        Assert.Equal("", await Programs.MustRunAsync("shellcheck", ["--severity=style", .. scripts]));
    }

    [NeedsFact(["bash"])]
    public async Task A_container_is_healthy_when_its_program_answers_200_and_only_then()
    {
        var script = DeployFolder.Path("docker", "healthcheck.sh");
        await using var server = await FakeServer.StartAsync();
        string[] Ask(string path) => [script, $"{server.Address.Port}", path];

        Assert.Equal(0, (await Programs.RunAsync("bash", Ask("/health/ready"))).ExitCode);
        server.Behaviour = FakeServer.Answer(503);
        Assert.Equal(1, (await Programs.RunAsync("bash", Ask("/health/other"))).ExitCode);
        await server.DisposeAsync();
        Assert.NotEqual(0, (await Programs.RunAsync("bash", [script, $"{FreePort.Find()}", "/health/ready"])).ExitCode);
    }

    [NeedsTheory(["bash", "hostname"])]
    [InlineData("", "", "OWN 11111 30000")]
    [InlineData("all", "", "OWN 11111 30000")]
    [InlineData("silo", "", "OWN 11111 30000")]
    [InlineData("silo", "192.0.2.7", "192.0.2.7 11111 30000")]
    [InlineData("gateway", "", "- - -")]
    public async Task A_container_that_holds_grains_announces_its_own_address_unless_told_otherwise(
        string role, string advertised, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-start-").FullName;
        try
        {
            // A stand-in for the server that prints how it was started.
            var dotnet = Path.Combine(folder, "dotnet");
            await File.WriteAllTextAsync(
                dotnet,
                """
                #!/bin/sh
                echo "${Billing__AdvertisedAddress:--} ${Billing__SiloPort:--} ${Billing__GatewayPort:--} $*"
                """);
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{folder}:/usr/bin:/bin", ["Billing__Role"] = role, ["Billing__AdvertisedAddress"] = advertised,
            };
            var script = DeployFolder.Path("docker", "server.sh");

            var own = (await Programs.MustRunAsync("hostname", ["-i"])).Split(' ', '\n')[0];
            Assert.Equal(
                $"{expected.Replace("OWN", own, StringComparison.Ordinal)} OrleansBilling.Server.dll --urls http://0.0.0.0:5080 --more\n",
                await Programs.MustRunAsync("bash", [script, "--more"], environment));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [NeedsFact(["bash"])]
    public async Task The_archive_keeps_a_piece_of_log_once_and_never_overwrites_another()
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-archive-").FullName;
        try
        {
            var (piece, archive) = (Path.Combine(folder, "piece"), Path.Combine(folder, "archive"));
            string[] keep = [DeployFolder.Path("postgres", "archive-wal.sh"), piece, "000000010000000000000001", archive];
            await File.WriteAllTextAsync(piece, "one");

            // Without an archive folder nothing is kept, and the script reports failure to PostgreSQL.
            Assert.NotEqual(0, (await Programs.RunAsync("bash", keep)).ExitCode);

            Directory.CreateDirectory(archive);
            Assert.Equal(0, (await Programs.RunAsync("bash", keep)).ExitCode);
            Assert.Equal(0, (await Programs.RunAsync("bash", keep)).ExitCode);
            await File.WriteAllTextAsync(piece, "two");
            var (exitCode, output) = await Programs.RunAsync("bash", keep);

            Assert.Equal(1, exitCode);
            Assert.Contains("exists and differs", output, StringComparison.Ordinal);
            Assert.Equal("one", await File.ReadAllTextAsync(Assert.Single(Directory.GetFileSystemEntries(archive))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
