using System.Collections.Concurrent;
using OrleansBilling.Cluster.Client;
using OrleansBilling.Cluster.Hosting;
using OrleansBilling.Cluster.Tests.Given;
using OrleansBilling.Gateway.Hosting;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>What stands behind a gateway under test: a silo of its own, in this process, on a database of its own. So every test of the contract is one of the cluster too.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private const string ConnectionSetting = "--ConnectionStrings:Billing=";
    private const string ClockSetting = "--Billing:Clock=";

    /// <summary>A gateway that starts again in the same directory finds its database again.</summary>
    private static readonly ConcurrentDictionary<string, Task<string>> Databases = new();
    private readonly SiloHost silo;

    private TestRuntime(SiloHost silo, string database)
    {
        this.silo = silo;
        Settings = ["--Billing:Runtime=orleans", "--Billing:Storage=postgres", ConnectionSetting + database];
    }

    /// <summary>What the gateway is to be told about it.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>Opens what stands behind a gateway with its data in <paramref name="directory"/>.</summary>
    public static async Task<TestRuntime> OpenAsync(string directory, IReadOnlyList<string> settings)
    {
        var database = Last(settings, ConnectionSetting) ?? await Databases.GetOrAdd(directory, _ => SharedPostgres.Instance.CreateDatabaseAsync());
        var clock = ClockSetting + (Last(settings, ClockSetting) ?? "system");
        string[] arguments = ["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", ConnectionSetting + database, clock];
        var silo = await SiloHost.OpenAsync(arguments, new SiloOptions(), CancellationToken.None);
        await silo.StartAsync(CancellationToken.None);
        return new TestRuntime(silo, database);
    }

    /// <summary>Completes when the gateway can work.</summary>
    public static Task ReadyAsync(GatewayHost gateway) => ((ClusterHost)gateway.Services.Runtime).WhenConnectedAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    private static string? Last(IReadOnlyList<string> settings, string name) =>
        settings.LastOrDefault(setting => setting.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
