using OrleansBilling.Runtime;
using OrleansBilling.Server;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>The whole server in this process: commands go to its grains without HTTP.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private readonly ServerHost server;

    private LiveCluster(ServerHost server) => this.server = server;

    public IBillingRuntime Runtime => server.Gateway.Runtime;

    public static async Task<LiveCluster> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Billing:AdminKey=unused",
            "--Billing:Storage=postgres", "--ConnectionStrings:Billing=" + connectionString,
        ];
        var server = await ServerHost.OpenAsync(arguments, new SiloOptions { IdleAge = TimeSpan.FromHours(1) });
        await server.StartAsync(cancellationToken);
        return new LiveCluster(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
