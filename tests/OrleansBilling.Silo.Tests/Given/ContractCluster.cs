using System.Net;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>One gateway and two silos in separate processes. Replaces the single server in tests of the HTTP contract.</summary>
internal sealed class ContractCluster : IAsyncDisposable
{
    private const int Silos = 2;
    private readonly ServerProcess[] processes;

    private ContractCluster(ServerProcess[] processes) => this.processes = processes;

    /// <param name="settings">Settings in the form of a server's command line.</param>
    public static async Task<(IAsyncDisposable Server, Uri Address)> StartAsync(string[] settings)
    {
        var shared = settings.Where(setting => !setting.StartsWith("--urls", StringComparison.Ordinal)).Select(NameAndValue).ToDictionary();
        shared["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var own = new Dictionary<string, string>(shared) { ["Billing__Role"] = "gateway" };
        var silo = new Dictionary<string, string>(shared) { ["Billing__Role"] = "silo" };
        silo.Remove("Billing__AdminKey");
        silo.Remove("Billing__ClockStart");
        var starting = Enumerable.Repeat(silo, Silos).Append(own).Select(one => ServerProcess.StartAsync("OrleansBilling.Server.dll", one));
        var cluster = new ContractCluster(await Task.WhenAll(starting));
        var address = cluster.processes[^1].Address;
        await MeetSilosAsync(address);
        return (cluster, address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) await process.DisposeAsync();
    }

    /// <summary>The gateway serves immediately and looks for silos in the background.</summary>
    private static async Task MeetSilosAsync(Uri gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        var client = new ApiClient(http, TestGateway.AdminKey);
        await Eventually.EqualAsync(
            (int)HttpStatusCode.NotFound, async () => (await client.PostAsync("/v1/subscriptions/nobody/uncancel")).Status);
    }

    private static KeyValuePair<string, string> NameAndValue(string setting)
    {
        var at = setting.IndexOf('=', StringComparison.Ordinal);
        return new(setting["--".Length..at].Replace(":", "__", StringComparison.Ordinal), setting[(at + 1)..]);
    }
}
