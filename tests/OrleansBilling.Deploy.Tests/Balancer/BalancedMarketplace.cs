using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Two processes of role all on one PostgreSQL, the balancer before them, the payment simulator behind them.</summary>
internal sealed class BalancedMarketplace : IAsyncDisposable
{
    private readonly Uri[] addresses = [LoopbackPort.FindFreeAddress(), LoopbackPort.FindFreeAddress()];
    private readonly PostgresServer postgres;
    private readonly Dictionary<string, string> settings;
    private readonly ServerProcess?[] servers = new ServerProcess?[2];

    private BalancedMarketplace(PostgresServer postgres, string connectionString, PaymentProvider provider)
    {
        this.postgres = postgres;
        ConnectionString = connectionString;
        Provider = provider;
        Journal = new Journal(connectionString);
        settings = ServerSettings.On(connectionString, provider.Address);
    }

    /// <summary>The present second.</summary>
    public static Instant Now => Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());

    public string ConnectionString { get; }

    public Journal Journal { get; }

    public PaymentProvider Provider { get; }

    public BalancerProcess Balancer { get; private set; } = null!;

    public static async Task<BalancedMarketplace> OpenAsync(TimeSpan providerLatency)
    {
        var postgres = await PostgresServer.StartNewAsync(durable: false);
        var connectionString = await postgres.CreateDatabaseAsync("billing");
        return new BalancedMarketplace(postgres, connectionString, await PaymentProvider.StartAsync(providerLatency));
    }

    /// <summary>
    /// Sells in the past: signs up at <paramref name="instant"/>, by a process that lives then, and collects the first
    /// payments. Everything that falls due between then and now is left to the servers.
    /// </summary>
    public async Task SellAtAsync(Instant instant, IReadOnlyCollection<string> ids)
    {
        await using var then = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings.At(instant.ToString()));
        using var client = new BillingClient(then.Address, ServerSettings.AdminKey);
        await DailyOffer.AddAsync(client);
        await DailyOffer.SubscribeAsync(client, ids);
        await Eventually.HoldsAsync(what: "the first payments", condition: async () =>
            await Journal.ReadAsync<long>("select count(*) from subscription where status = 'active'") == ids.Count);

        // It leaves the cluster, so that the servers need not wait until it is declared dead.
        Assert.Equal(0, await then.TerminateAsync());
    }

    /// <summary>Starts the balancer and, side by side, both servers.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(StartServerAsync(1), StartServerAsync(2));
        Balancer = await BalancerProcess.StartAsync(addresses[0], addresses[1]);
    }

    public async Task StartServerAsync(int number) =>
        servers[number - 1] = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings, addresses[number - 1]);

    public Task KillServerAsync(int number) => servers[number - 1]!.KillAsync();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> TerminateServerAsync(int number) => servers[number - 1]!.TerminateAsync();

    /// <summary>Stops both servers, so that the books can be held against each other.</summary>
    public async Task CloseAsync()
    {
        for (var n = 0; n < servers.Length; n++)
        {
            if (servers[n] is { } server) await server.DisposeAsync();
            servers[n] = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (Balancer is not null) await Balancer.DisposeAsync();
        await Journal.DisposeAsync();
        await Provider.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
