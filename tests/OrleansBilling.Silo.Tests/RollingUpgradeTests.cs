using System.Diagnostics;
using System.Runtime.CompilerServices;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>
/// Upgrades a cluster from the release that deploy/upgrade-from names, process by process under load. That release is built from its
/// commit. It takes minutes, so it runs only with UPGRADE=true.
/// </summary>
[Collection(ProcessCluster.Collection)]
public sealed class RollingUpgradeTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(1, 300).Select(n => $"s{n}")];

    [UpgradeFact]
    public async Task Old_and_new_processes_work_side_by_side_and_no_keyed_command_fails()
    {
        using var old = await OldProgram.BuildAsync();
        await using var cluster = await ProcessCluster.StartAsync(
            silos: 3, virtualClock: false, database: await SharedPostgres.Instance.CreateEmptyDatabaseAsync(), program: old.Path);
        await cluster.SellAsync(Ids, _ => "tok_ok");
        await using var load = new CommandLoad(cluster, Ids);
        await load.RunForAsync(commands: 300);
        load.ForgetSlowest();

        var clock = Stopwatch.StartNew();
        await ServerProcess.MigrateAsync(cluster.ConnectionString);
        Tell($"Migrated after {clock.Elapsed}");
        await load.RunForAsync(commands: 300);
        foreach (var oldSilo in cluster.Silos.ToArray())
        {
            await cluster.JoinAsync();
            await load.RunForAsync(commands: 300);
            await cluster.LeaveAsync(oldSilo);
            await load.RunForAsync(commands: 300);
            Tell($"Silo replaced after {clock.Elapsed}; longest command {load.Slowest}");
        }

        await cluster.ReplaceGatewayAsync();
        await load.RunForAsync(commands: 300);
        await load.StopAsync();
        Tell($"Gateway replaced after {clock.Elapsed}; longest command {load.Slowest}; {load.Acknowledged.Values.Sum()} commands");
        await load.RequireEachOnceAsync();
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class UpgradeFactAttribute : FactAttribute
    {
        public UpgradeFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
            : base(file, line) => Skip = Environment.GetEnvironmentVariable("UPGRADE") == "true"
                ? null
                : "Builds an older release and takes minutes: runs with UPGRADE=true.";
    }

    /// <summary>The server of an older commit, in a folder of its own.</summary>
    private sealed class OldProgram(DirectoryInfo folder) : IDisposable
    {
        private const string Project = "src/OrleansBilling.Server";

        public string Path => System.IO.Path.Combine(folder.FullName, Project, "bin/Release/net10.0/OrleansBilling.Server.dll");

        public static async Task<OldProgram> BuildAsync()
        {
            var root = RepositoryFolder.Root;
            var commit = (await File.ReadAllLinesAsync(System.IO.Path.Combine(root, "deploy/upgrade-from")))[^1].Trim();
            var old = new OldProgram(Directory.CreateTempSubdirectory("orleans-billing-upgrade-"));
            try
            {
                var archive = System.IO.Path.Combine(old.Folder, "old.tar");
                await RunAsync(root, "git", "archive", "--output", archive, commit);
                await RunAsync(old.Folder, "tar", "xf", archive);
                await RunAsync(old.Folder, "dotnet", "build", "--configuration", "Release", "--nodeReuse:false", Project);
                return old;
            }
            catch
            {
                old.Dispose();
                throw;
            }
        }

        public void Dispose() => folder.Delete(recursive: true);

        private string Folder => folder.FullName;

        private static Task RunAsync(string folder, string program, params string[] arguments) =>
            ExternalProgram.RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
    }
}
