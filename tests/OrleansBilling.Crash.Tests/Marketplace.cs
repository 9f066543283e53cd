using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Testing;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Crash.Tests;

/// <summary>A gateway process with its database and a stand-alone payment simulator. The gateway can be killed and restarted.</summary>
internal sealed class Marketplace : IAsyncDisposable
{
    private const string ConnectionSetting = "ConnectionStrings__Billing";
    public const string AdminKey = "crash-test-admin-key-0123456789";
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-crash-").FullName;
    private readonly string bookFolder;
    private readonly Dictionary<string, string> settings;

    private Marketplace(Dictionary<string, string> settings, ServerProcess simulator, string bookFolder)
    {
        this.bookFolder = bookFolder;
        this.settings = settings;
        Simulator = simulator;
        Book = new BillingClient(simulator.Address, "");
    }

    public ServerProcess Simulator { get; }

    public BillingClient Book { get; }

    public ServerProcess Gateway { get; private set; } = null!;

    public BillingClient Client { get; private set; } = null!;

    public static async Task<Marketplace> OpenAsync(
        string? postgres, int dropAnswerPercent, IReadOnlyDictionary<string, string>? logging = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["Billing__Clock"] = "virtual",
            ["Billing__ClockStart"] = "2024-01-31T00:00:00Z",
            ["Billing__AdminKey"] = AdminKey,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
        foreach (var (name, value) in logging ?? new Dictionary<string, string>()) settings[name] = value;
        var folder = Directory.CreateTempSubdirectory("orleans-billing-book-").FullName;
        var simulator = await ServerProcess.StartAsync("OrleansBilling.PaymentSimulator.dll", new Dictionary<string, string>
        {
            ["Simulator__BookPath"] = Path.Combine(folder, "book.db"),
            ["Simulator__DropAnswerPercent"] = dropAnswerPercent.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Simulator__Seed"] = "7",
            ["Simulator__LatencyMilliseconds"] = "30",
        });
        var marketplace = new Marketplace(settings, simulator, folder);
        settings["Billing__Payments"] = simulator.Address.ToString();
        settings["Billing__DataDirectory"] = Path.Combine(marketplace.folder, "data");
        if (postgres is not null)
        {
            settings["Billing__Storage"] = "postgres";
            settings[ConnectionSetting] = postgres;
        }

        await marketplace.StartGatewayAsync();
        return marketplace;
    }

    public async Task StartGatewayAsync()
    {
        Gateway = await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings);
        Client = new BillingClient(Gateway.Address, AdminKey);
    }

    /// <summary>Stops the server and audits its data; everything due by <paramref name="now"/> must be done.</summary>
    public async Task<IReadOnlyDictionary<string, AuditedLife>> AuditAsync(Instant now)
    {
        await KillGatewayAsync();
        var book = await Book.ReadCollectedAsync();
        return settings.TryGetValue(ConnectionSetting, out var connectionString)
            ? await DatabaseAudit.OfPostgresAsync(connectionString, now, book)
            : await DatabaseAudit.OfSqliteAsync(Path.Combine(settings["Billing__DataDirectory"], "billing.db"), now, book);
    }

    public async Task KillGatewayAsync()
    {
        await Gateway.DisposeAsync();
        Client.Dispose();
    }

    /// <summary>A product with a monthly offer at 19.90.</summary>
    public async Task SellMonthlyAsync()
    {
        await Client.PostAsync("/v1/products", new JsonObject { ["id"] = "course", ["seller_id"] = "seller-1", ["name"] = "Course" });
        await Client.PostAsync("/v1/plans", new JsonObject
        {
            ["id"] = "monthly", ["product_id"] = "course", ["name"] = "Monthly",
            ["interval"] = new JsonObject { ["unit"] = "month", ["count"] = 1 },
        });
        await Client.PostAsync(
            "/v1/offers", new JsonObject { ["id"] = "offer", ["plan_id"] = "monthly", ["amount"] = 1_990, ["currency"] = "BRL" });
    }

    public static JsonObject Subscribe(string id, string token) => new()
    {
        ["type"] = "subscribe",
        ["subscription_id"] = id,
        ["idempotency_key"] = $"subscribe-{id}",
        ["offer_id"] = "offer",
        ["customer"] = new JsonObject { ["id"] = $"customer-{id}" },
        ["payment_method"] = new JsonObject { ["token"] = token },
    };

    public async ValueTask DisposeAsync()
    {
        await KillGatewayAsync();
        Book.Dispose();
        await Simulator.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(bookFolder, recursive: true);
    }
}
