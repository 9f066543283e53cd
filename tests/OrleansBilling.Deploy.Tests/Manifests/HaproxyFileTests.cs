using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/haproxy with HAProxy itself.</summary>
public sealed class HaproxyFileTests
{
    [NeedsTheory(["haproxy"])]
    [InlineData("")]
    [InlineData("127.0.0.1:5083")]
    public async Task HAProxy_finds_nothing_to_warn_of(string third) =>
        Assert.Contains("Configuration file is valid", await CheckAsync(third, expectedExitCode: 0), StringComparison.Ordinal);

    [NeedsFact(["haproxy"])]
    public async Task A_third_server_counts_when_the_environment_names_it() =>
        Assert.Contains("servers/server-3", await CheckAsync("127.0.0.1:no-port", expectedExitCode: 1), StringComparison.Ordinal);

    /// <summary>
    /// keepalived ends a check of a file with scripts by a signal to its process group, so it gets a session of its own, and only what
    /// it says counts. That an interface is not there is a matter of this machine.
    /// </summary>
    [NeedsTheory(["keepalived", "setsid"])]
    [InlineData("priority 110", "priority 110", "")]
    [InlineData("priority 110", "prioritty 110", "Unknown keyword 'prioritty'")]
    public async Task Keepalived_accepts_the_pair_of_balancers_and_finds_a_mistake(string written, string changed, string complaint)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-keepalived-").FullName;
        try
        {
            var file = Path.Combine(folder, "keepalived.conf");
            var text = await File.ReadAllTextAsync(DeployFolder.Path("haproxy", "keepalived.conf"));
            Assert.Contains(written, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, text.Replace(written, changed, StringComparison.Ordinal));
            string[] check = ["--wait", Programs.Find("keepalived") ?? "keepalived", "-t", "-f", file];
            var (_, output) = await Programs.RunAsync("setsid", check);

            var lines = output.Split('\n').Where(line => line.StartsWith('(')).Select(line => line[(line.IndexOf(')') + 1)..].Trim())
                .Where(line => !line.Contains("interface", StringComparison.Ordinal));
            Assert.EndsWith(complaint, string.Join(' ', lines), StringComparison.Ordinal);
            if (complaint.Length == 0) Assert.Empty(lines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> CheckAsync(string third, int expectedExitCode)
    {
        var environment = new Dictionary<string, string> { ["BILLING_SERVER_3"] = third };
        var (exitCode, output) = await Programs.RunAsync("haproxy", ["-c", "-dW", "-f", BalancerProcess.ConfigurationFile], environment);
        Assert.True(exitCode == expectedExitCode, output);
        return output;
    }
}
