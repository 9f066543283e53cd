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

    private static async Task<string> CheckAsync(string third, int expectedExitCode)
    {
        var environment = new Dictionary<string, string> { ["BILLING_SERVER_3"] = third };
        var (exitCode, output) = await Programs.RunAsync("haproxy", ["-c", "-dW", "-f", BalancerProcess.ConfigurationFile], environment);
        Assert.True(exitCode == expectedExitCode, output);
        return output;
    }
}
