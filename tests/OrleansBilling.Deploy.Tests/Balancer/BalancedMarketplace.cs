using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>Two processes with role all on one PostgreSQL, the balancer in front of them, the payment simulator behind them.</summary>
internal sealed class BalancedMarketplace : IAsyncDisposable
{
    private readonly Uri[] addresses = [LoopbackPort.FindFreeAddress(), LoopbackPort.FindFreeAddress()];
    private readonly PostgresServer postgres;
    private readonly Dictionary<string, string> settings;
    private readonly ServerProcess?[] servers = new ServerProcess?[2];

    private BalancedMarketplace(
        PostgresServer postgres, string connectionString, PaymentProvider provider, IReadOnlyDictionary<string, string>? more)
    {
        this.postgres = postgres;
        ConnectionString = connectionString;
        Provider = provider;
        Journal = new Journal(connectionString);
        settings = ServerSettings.On(connectionString, provider.Address);
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
    }

    /// <summary>The current time, truncated to the second.</summary>
    public static Instant Now => Instant.FromUnixTimeSeconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds());

    public string ConnectionString { get; }

    public Journal Journal { get; }

    public PaymentProvider Provider { get; }

    /// <summary>The addresses of the servers behind the balancer.</summary>
    public IReadOnlyList<Uri> Addresses => addresses;

    public BalancerProcess Balancer { get; private set; } = null!;

    /// <summary>Starts the database and the provider.</summary>
    /// <param name="providerLatency">How long the provider takes for an answer.</param>
    /// <param name="more">More settings of the servers.</param>
    public static async Task<BalancedMarketplace> OpenAsync(
        TimeSpan providerLatency, IReadOnlyDictionary<string, string>? more = null)
    {
        var postgres = await PostgresServer.StartNewAsync(durable: false);
        var connectionString = await postgres.CreateBillingDatabaseAsync("billing");
        return new BalancedMarketplace(postgres, connectionString, await PaymentProvider.StartAsync(providerLatency), more);
    }

    /// <summary>Stops the database and closes all connections, or starts it again.</summary>
    public Task StopDatabaseAsync() => postgres.StopAsync();

    public Task StartDatabaseAsync() => postgres.StartAsync();

    /// <summary>
    /// Sells in the past: a process with a virtual clock signs up at <paramref name="instant"/> and collects the first payments. Everything
    /// due between then and now is left to the servers.
    /// </summary>
    public async Task SellAtAsync(Instant instant, IReadOnlyCollection<string> ids)
    {
        await using var then = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings.At(instant.ToString()));
        using var client = new BillingClient(then.Address, ServerSettings.AdminKey);
        await DailyOffer.AddAsync(client);
        await DailyOffer.SubscribeAsync(client, ids);
        await Eventually.HoldsAsync(what: "the first payments", condition: async () =>
            await Journal.ReadAsync<long>("select count(*) from subscription where status = 'active'") == ids.Count);

        // It leaves the cluster, so the servers do not have to wait until it is declared dead.
        Assert.Equal(0, await then.TerminateAsync());
    }

    /// <summary>Starts both servers at the same time, then the balancer.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(StartServerAsync(1), StartServerAsync(2));
        Balancer = await BalancerProcess.StartAsync(addresses[0], addresses[1]);
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public async Task StartServerAsync(int number)
    {
        var server = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings, addresses[number - 1]);
        servers[number - 1] = server;
        using var client = new BillingClient(server.Address, ServerSettings.AdminKey);
        await Eventually.EqualAsync(200, () => client.StatusOfAsync("/health/ready"));
    }

    public Task KillServerAsync(int number) => servers[number - 1]!.KillAsync();

    /// <summary>Sends SIGTERM and returns the exit code.</summary>
    public Task<int> TerminateServerAsync(int number) => servers[number - 1]!.TerminateAsync();

    /// <summary>Stops both servers, so that the books can be compared.</summary>
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
