using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>deploy/haproxy by HAProxy's own check.</summary>
public sealed class HaproxyFileTests
{
    [NeedsFact("haproxy")]
    public async Task HAProxy_finds_nothing_to_warn_of() =>
        Assert.Contains("Configuration file is valid", await Programs.MustRunAsync("haproxy", ["-c", "-dW", "-f", BalancerProcess.ConfigurationFile]), StringComparison.Ordinal);

    /// <summary>The three lists of gateways must name the same ones, or some requests would not reach a new gateway.</summary>
    [Fact]
    public void Every_backend_names_the_same_gateways()
    {
        var servers = File.ReadLines(BalancerProcess.ConfigurationFile).Select(line => line.Trim()).Where(line => line.StartsWith("server ", StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split(' ')[..3])).CountBy(server => server).ToList();
        Assert.Equal(2, servers.Count);
        Assert.All(servers, server => Assert.Equal(3, server.Value));
    }
}
