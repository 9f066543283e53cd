using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Crash.Tests;
using OrleansBilling.Testing;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Silos, a gateway and a payment simulator on one database, each in its own process on loopback.</summary>
internal sealed class ProcessCluster : IAsyncDisposable
{
    /// <summary>Tests with this many processes run one at a time: a silo that lacks CPU time could look lost.</summary>
    public const string Collection = "Processes";

    private const string CurrentProgram = "OrleansBilling.Server.dll";
    private const string ConnectionSetting = "ConnectionStrings__Billing";
    private const string AdminKey = "cluster-test-admin-key-0123456789";
    private readonly Dictionary<string, string> settings;
    private readonly ServerProcess simulator;
    private readonly string bookFolder;
    private readonly ClusterNetwork? network;

    private ProcessCluster(Dictionary<string, string> settings, ServerProcess simulator, string bookFolder, ClusterNetwork? network)
    {
        this.settings = settings;
        this.simulator = simulator;
        this.bookFolder = bookFolder;
        this.network = network;
        Book = new BillingClient(simulator.Address, "", network?.Cable.Main.Http());
    }

    public List<ServerProcess> Silos { get; } = [];

    public ServerProcess Gateway { get; private set; } = null!;

    public BillingClient Client { get; private set; } = null!;

    public BillingClient Book { get; }

    /// <summary>For the test itself.</summary>
    public string ConnectionString => network?.ConnectionString ?? settings[ConnectionSetting];

    /// <param name="more">Further settings of silos and gateway.</param>
    /// <param name="database">A database of its own; null for one on the shared server.</param>
    /// <param name="program">An older server.</param>
    /// <param name="network">Where everything runs instead of loopback.</param>
    public static async Task<ProcessCluster> StartAsync(
        int silos, bool virtualClock, int dropAnswerPercent = 0, IReadOnlyDictionary<string, string>? more = null,
        string? database = null, string program = CurrentProgram, ClusterNetwork? network = null)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-book-").FullName;
        var simulator = await ServerProcess.StartAsync("OrleansBilling.PaymentSimulator.dll", new Dictionary<string, string>
        {
            ["Simulator__BookPath"] = Path.Combine(folder, "book.db"),
            ["Simulator__DropAnswerPercent"] = dropAnswerPercent.ToString(CultureInfo.InvariantCulture),
            ["Simulator__Seed"] = "7",
            ["Simulator__LatencyMilliseconds"] = "30",
        }, network is null ? null : new Uri($"http://{SplitNetwork.MainAddress}:0"), network?.Cable.Main.Launcher);
        var settings = new Dictionary<string, string>
        {
            ["Billing__Storage"] = "postgres",
            [ConnectionSetting] = network?.ServerConnectionString ?? database ?? await SharedPostgres.Instance.CreateDatabaseAsync(),
            ["Billing__Clock"] = virtualClock ? "virtual" : "system",
            ["Billing__Payments"] = simulator.Address.ToString(),
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["Logging__LogLevel__OrleansBilling.Silo"] = "Information",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>()) settings[name] = value;
        var cluster = new ProcessCluster(settings, simulator, folder, network);
        for (var n = 0; n < silos; n++) await cluster.JoinAsync(program);
        (cluster.Gateway, cluster.Client) = await cluster.StartGatewayAsync(program, virtualClock);
        return cluster;
    }

    public Task<ServerProcess> JoinAsync(string program = CurrentProgram) =>
        JoinAsync(program, SplitNetwork.MainAddress, network?.Cable.Main.Launcher);

    /// <summary>Adds a silo on the machine that can be cut off.</summary>
    public Task<ServerProcess> JoinFarAsync() => JoinAsync(CurrentProgram, SplitNetwork.FarAddress, network!.Cable.Far.Launcher);

    /// <summary>Starts another gateway, sends new commands there, and lets the old one finish its own.</summary>
    public async Task ReplaceGatewayAsync()
    {
        var (gateway, client) = await StartGatewayAsync(CurrentProgram, virtualClock: false);
        var (old, oldClient) = (Gateway, Client);
        (Gateway, Client) = (gateway, client);
        Assert.Equal(0, await old.TerminateAsync());
        await old.DisposeAsync();
        oldClient.Dispose();
    }

    /// <summary>Stops a silo like an operator.</summary>
    public async Task LeaveAsync(ServerProcess silo)
    {
        Assert.Equal(0, await silo.TerminateAsync());
        Silos.Remove(silo);
        await silo.DisposeAsync();
    }

    /// <summary>Kills a silo like kill -9.</summary>
    public async Task KillAsync(ServerProcess silo)
    {
        Silos.Remove(silo);
        await silo.DisposeAsync();
    }

    /// <summary>Creates a product with a monthly offer at 19.90, and a subscription for each id.</summary>
    public async Task SellAsync(IEnumerable<string> ids, Func<int, string> token)
    {
        await Client.PostAsync("/v1/products", new JsonObject { ["id"] = "course", ["seller_id"] = "seller-1", ["name"] = "Course" });
        await Client.PostAsync("/v1/plans", new JsonObject
        {
            ["id"] = "monthly", ["product_id"] = "course", ["name"] = "Monthly",
            ["interval"] = new JsonObject { ["unit"] = "month", ["count"] = 1 },
        });
        await Client.PostAsync(
            "/v1/offers", new JsonObject { ["id"] = "offer", ["plan_id"] = "monthly", ["amount"] = 1_990, ["currency"] = "BRL" });
        var answers = await Client.BulkAsync(ids.Select((id, n) => (JsonNode)new JsonObject
        {
            ["type"] = "subscribe",
            ["subscription_id"] = id,
            ["idempotency_key"] = $"subscribe-{id}",
            ["offer_id"] = "offer",
            ["customer"] = new JsonObject { ["id"] = $"customer-{id}" },
            ["payment_method"] = new JsonObject { ["token"] = token(n) },
        }));
        Assert.All(answers, line => Assert.Equal(201, line["status"]!.GetValue<int>()));
    }

    /// <summary>Moves the virtual clock; retries while silos are missing.</summary>
    public async Task AdvanceAsync(string to) => await Eventually.HoldsAsync(
        async () => (int)(await Client.TryPostAsync("/v1/clock/advance", new JsonObject { ["to"] = to })).Status == 200,
        TimeSpan.FromMinutes(2));

    /// <summary>Audits the stored data after all work is done.</summary>
    /// <param name="now">Everything due by then must be done.</param>
    public async Task<IReadOnlyDictionary<string, AuditedLife>> AuditAsync(Instant now) =>
        await DatabaseAudit.OfPostgresAsync(ConnectionString, now, await Book.ReadCollectedAsync());

    public async Task<int> ChargesAsync() => (await Book.GetAsync("/v1/book/summary"))["charges"]!.GetValue<int>();

    /// <summary>Subscriptions by id, as the gateway lists them.</summary>
    public async Task<Dictionary<string, JsonNode>> ListAsync() =>
        (await Client.ListAsync("/v1/subscriptions")).ToDictionary(subscription => subscription["id"]!.GetValue<string>());

    /// <summary>Completes when every subscription is active, that is, paid.</summary>
    public async Task WhenAllPaidAsync() => await Eventually.HoldsAsync(
        async () => (await ListAsync()).Values.All(subscription => subscription["status"]!.GetValue<string>() == "active"));

    /// <summary>Completes when the cluster has so many silos, and each group of due work has its pump.</summary>
    public async Task WhenAllIsServedByAsync(int silos) => await Eventually.HoldsAsync(
        async () => await Client.GetAsync("/v1/cluster") is var shown &&
            shown["silos"]!.AsArray().Count == silos && shown["groups_without_pump"]!.AsArray().Count == 0);

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Gateway is not null) await Gateway.DisposeAsync();
        foreach (var silo in Silos) await silo.DisposeAsync();
        Book.Dispose();
        await simulator.DisposeAsync();
        Directory.Delete(bookFolder, recursive: true);
    }

    private async Task<ServerProcess> JoinAsync(string program, string address, IReadOnlyList<string>? launcher)
    {
        var own = new Dictionary<string, string>(settings) { ["Billing__Role"] = "silo" };
        if (launcher is not null) own["Billing__AdvertisedAddress"] = address;
        var silo = await ServerProcess.StartAsync(program, own, launcher: launcher);
        Silos.Add(silo);
        return silo;
    }

    private async Task<(ServerProcess Gateway, BillingClient Client)> StartGatewayAsync(string program, bool virtualClock)
    {
        var own = new Dictionary<string, string>(settings) { ["Billing__Role"] = "gateway", ["Billing__AdminKey"] = AdminKey };
        if (virtualClock) own["Billing__ClockStart"] = "2024-01-31T00:00:00Z";
        var gateway = await ServerProcess.StartAsync(program, own, launcher: network?.Cable.Main.Launcher);
        var client = new BillingClient(gateway.Address, AdminKey, network?.Cable.Main.Http());

        // The gateway serves immediately and looks for silos in the background.
        await Eventually.HoldsAsync(
            async () => (int)(await client.TryPostAsync("/v1/subscriptions/nobody/uncancel", new JsonObject())).Status == 404);
        return (gateway, client);
    }
}
