using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Server;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tls;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Silos and clients in this process, on one database and the system clock.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly string database;
    private readonly SiloOptions options;
    private readonly TlsFiles? tls;
    private readonly List<ClusterHost> clients = [];
    private readonly List<PostgresStorage> storages = [];

    private TestCluster(string database, SiloOptions options, TlsFiles? tls)
    {
        this.tls = tls;
        this.database = database;
        this.options = options;
    }

    public List<ServerHost> Silos { get; } = [];

    public ClusterHost Client => clients[0];

    public PostgresStorage Storage => storages[0];

    public string ConnectionString => database;

    public OfferTerms Monthly { get; private set; } = null!;

    public IGrainFactory Grains => Silos[0].Services.GetRequiredService<IGrainFactory>();

    public static async Task<TestCluster> StartAsync(int silos, SiloOptions? options = null, TlsFiles? tls = null)
    {
        var cluster = new TestCluster(await SharedPostgres.Instance.CreateDatabaseAsync(), options ?? new SiloOptions(), tls);
        for (var n = 0; n < silos; n++) await cluster.JoinAsync();
        await cluster.ConnectAsync();
        await cluster.SellMonthlyAsync();
        return cluster;
    }

    public Task<ServerHost> JoinAsync() => JoinAsync(tls);

    /// <param name="files">Its certificate, if not that of the others.</param>
    /// <exception cref="StartupException">It cannot join.</exception>
    public async Task<ServerHost> JoinAsync(TlsFiles? files)
    {
        string[] arguments = [
            "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning", "--Billing:Role=silo", "--Billing:Storage=postgres",
            "--ConnectionStrings:Billing=" + database,
            .. files is null ? [] : new[]
            {
                $"--Billing:Tls:Certificate={files.Certificate}", $"--Billing:Tls:Key={files.Key}",
                $"--Billing:Tls:Authority={files.Authority}",
            }];
        var silo = await ServerHost.OpenAsync(arguments, options);
        try
        {
            await silo.StartAsync(CancellationToken.None);
        }
        catch (StartupException)
        {
            await silo.DisposeAsync();
            throw;
        }

        Silos.Add(silo);
        return silo;
    }

    public async Task LeaveAsync(ServerHost silo)
    {
        Silos.Remove(silo);
        await silo.DisposeAsync();
    }

    public async Task<ClusterHost> ConnectAsync(int commandsMax = 16_384)
    {
        var storageOptions = new PostgresStorageOptions { ConnectionString = database };
        var storage = await PostgresStorage.OpenAsync(
            storageOptions, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        storages.Add(storage);
        var stores = new SiloStores(storage.Journal, storage.Due, storage.Catalog, storage.Statistics, storage.Recount, storage.Quarantine);
        var link = LinkWith(tls);
        var client = new ClusterHost(
            link, stores, new WireClock(SystemClock.Instance, null), TimeProvider.System, NullLoggerFactory.Instance)
        {
            CommandsMax = commandsMax,
        };
        clients.Add(client);
        await client.StartAsync(CancellationToken.None);
        await client.WhenConnectedAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        return client;
    }

    /// <summary>A gateway's connections, which are not started yet.</summary>
    /// <param name="files">What the gateway shows to silos.</param>
    public ClusterConnection LinkWith(TlsFiles? files, ILoggerFactory? loggers = null) => new(
        new SiloPlace
        {
            ConnectionString = database, ClusterId = SiloPlace.ClusterIdDefault, AdvertisedAddress = IPAddress.Loopback, SiloPort = 0,
            GatewayPort = 0,
            Certificate = files is null ? null : new ClusterCertificate(files, TimeProvider.System, () => NullLoggerFactory.Instance),
        },
        Storage.Due.GroupCount, TimeProvider.System, loggers ?? NullLoggerFactory.Instance);

    public SubscriptionCommand Subscribe(string id, Instant? startAt = null) =>
        new SubscriptionCommand.Subscribe(id, Monthly, new Customer("customer", null), "tok_ok", null, startAt, null);

    public async Task<CommandResult> ExecuteAsync(string id, SubscriptionCommand command, IdempotencyKey? key = null) =>
        await Client.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator, key), CancellationToken.None);

    public async Task<Subscription> AcceptedAsync(string id, SubscriptionCommand command) =>
        Assert.IsType<CommandResult.Accepted>(await ExecuteAsync(id, command)).State;

    public async Task<Subscription?> FindAsync(string id) =>
        (await new SubscriptionReader(Storage.Journal, Client.Catalog).FindAsync(id, CancellationToken.None))?.State;

    /// <summary>The number of live subscriptions on each silo.</summary>
    public async Task<int[]> LiveAsync()
    {
        var figures = await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return [.. Silos.Select(silo => figures
            .Where(figure =>
                figure.SiloAddress.Equals(silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress) &&
                figure.GrainType.Contains("SubscriptionGrain", StringComparison.Ordinal))
            .Sum(figure => figure.ActivationCount))];
    }

    /// <summary>The number of live grains of a class in the whole cluster.</summary>
    public async Task<int> CountAsync(string grainClass)
    {
        var figures = await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return figures.Where(figure => figure.GrainType.Contains(grainClass, StringComparison.Ordinal))
            .Sum(figure => figure.ActivationCount);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) await client.DisposeAsync();
        foreach (var silo in Silos) await silo.DisposeAsync();
        foreach (var storage in storages) await storage.DisposeAsync();
    }

    private async Task SellMonthlyAsync()
    {
        Monthly = new OfferTerms(
            new Product("p", "seller", "Course", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel),
            new Plan("m", "p", "Monthly", new BillingInterval(IntervalUnit.Month, 1), 0, null, null),
            new Offer("o", 1, "m", 1_990, "BRL"));
        Assert.True(await Client.Catalog.AddAsync(Monthly.Product, CancellationToken.None));
        Assert.True(await Client.Catalog.AddAsync(Monthly.Plan, CancellationToken.None));
        Assert.True(await Client.Catalog.AddAsync(Monthly.Offer, CancellationToken.None));
    }
}
