using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Compares deploy/docker/Dockerfile with the repository. Builds nothing, because that needs a registry.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Programs = ["PaymentSimulator", "Server"];

    private static readonly List<string[]> Instructions =
    [
        .. File.ReadLines(DeployFolder.Path("docker", "Dockerfile"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [Fact]
    public void Everything_that_it_copies_is_there()
    {
        var sources = Named("COPY").Where(copy => !copy[1].StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(copy => copy[1..^1]).ToList();

        Assert.Contains("src", sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(RepositoryFolder.Root, source)), $"{source} is not there."));
    }

    [Fact]
    public void Its_base_images_are_of_one_version_each()
    {
        Assert.Equal(3, Named("ARG").Count());
        Assert.All(Named("ARG"), argument => Assert.Matches(
            @"^\w+=(mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.\d+\.\d+|postgres:15\.\d+-bookworm)$", argument[1]));
        var stages = Named("FROM").Select(from => from[^1]).ToHashSet();
        Assert.All(Named("FROM"), from => Assert.True(from[1][0] == '$' || stages.Contains(from[1]), $"{from[1]} is not pinned above."));
    }

    [Theory]
    [InlineData("server", "/usr/local/bin/server", "5080", "/health/ready")]
    [InlineData("payment-simulator", "OrleansBilling.PaymentSimulator.dll", "5090", "/health/live")]
    public void An_image_runs_our_program_as_nobody_and_asks_for_its_health(string target, string program, string port, string health)
    {
        var stage = Stage(target);

        Assert.Equal("$APP_UID", Stage("runtime").Concat(stage).Last(line => line[0] == "USER")[1]);
        Assert.Contains(stage, line => line[0] == "EXPOSE" && line.Contains(port));
        var check = string.Join(' ', stage.Single(line => line[0] == "HEALTHCHECK"));
        Assert.EndsWith($"CMD [\"/usr/local/bin/healthcheck\", \"{port}\", \"{health}\"]", check, StringComparison.Ordinal);
        var start = string.Join(' ', stage.Single(line => line[0] == "ENTRYPOINT"));
        Assert.Contains($"\"{program}\"", start, StringComparison.Ordinal);
    }

    /// <summary>An older pg_dump refuses to dump a newer server.</summary>
    [Fact]
    public async Task The_backup_has_the_tools_of_the_servers_version_and_every_script_that_it_calls()
    {
        var compose = await File.ReadAllTextAsync(DeployFolder.Path("compose", "compose.yaml"));
        var tools = Named("ARG").Single(argument => argument[1].StartsWith("POSTGRES=", StringComparison.Ordinal))[1];
        Assert.Contains($"image: {tools["POSTGRES=".Length..]}$", compose, StringComparison.Ordinal);

        var stage = Stage("backup");
        var copied = stage.Single(line => line[0] == "COPY")[1..^1].Select(path => Path.GetFileName(path)!).ToList();
        Assert.Equal(["backup.sh", "dump.sh", "restore.sh"], copied);
        Assert.Contains("\"/usr/local/bin/backup.sh\"", stage.Single(line => line[0] == "ENTRYPOINT")[1], StringComparison.Ordinal);
        Assert.Equal("postgres", stage.Single(line => line[0] == "USER")[1]);
    }

    [Fact]
    public void It_publishes_the_programs_that_there_are() => Assert.Equal(
        Programs.Select(program => $"src/OrleansBilling.{program}"),
        Named("RUN").Where(run => run[1] == "dotnet" && run[2] == "publish").Select(run => run[3]).Order());

    private static List<string[]> Stage(string name) =>
        [.. Instructions.SkipWhile(line => line[0] != "FROM" || line[^1] != name).Skip(1).TakeWhile(line => line[0] != "FROM")];

    private static IEnumerable<string[]> Named(string instruction) => Instructions.Where(line => line[0] == instruction);
}
