using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Failover;

/// <summary>Processes of every role in one cluster. Requests go to the gateway.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly List<ServerProcess> processes = [];

    private Servers(Dictionary<string, string> settings) => this.settings = settings;

    public Uri Gateway { get; private set; } = null!;

    /// <summary>What all of them have logged.</summary>
    public string Output => string.Join('\n', processes.Select(process => process.Output));

    public static async Task<Servers> StartAsync(Dictionary<string, string> settings)
    {
        var servers = new Servers(settings);
        try
        {
            var started = await Task.WhenAll(servers.AddAsync("gateway"), servers.AddAsync("silo"), servers.AddAsync("all"));
            servers.Gateway = started[0].Address;
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async Task<ServerProcess> AddAsync(string role)
    {
        var process = await ServerProcess.StartAsync(
            "OrleansBilling.Server.dll", new Dictionary<string, string>(settings) { ["Billing__Role"] = role });
        lock (processes) processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) await process.DisposeAsync();
    }
}
