using Microsoft.Extensions.DependencyInjection;
using OrleansBilling.Server;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A complete server in this process: a silo, real routes over loopback, real storage in a directory, a virtual clock.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-tests";
    public const string ClockStart = "2024-01-31T00:00:00Z";

    private readonly IAsyncDisposable server;
    private readonly DataDirectory? ownDirectory;
    private readonly HttpClient http;

    private TestGateway(IAsyncDisposable server, Uri address, DataDirectory? ownDirectory)
    {
        this.server = server;
        this.ownDirectory = ownDirectory;
        Address = address;
        http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        Admin = As(AdminKey);
    }

    public Uri Address { get; }

    public ApiClient Admin { get; }

    /// <summary>The ports of the routes, for tests that replace some of them.</summary>
    public IServiceCollection Ports => Host.Gateway.Ports;

    public string? NewAdminKey => Host.NewAdminKey;

    /// <summary>Only a server in this process lets tests look inside.</summary>
    private ServerHost Host => (ServerHost)server;

    public static Task<TestGateway> StartAsync(params string[] settings)
    {
        var directory = new DataDirectory();
        return StartAsync(directory.Path, directory, settings);
    }

    public static Task<TestGateway> StartInAsync(DataDirectory directory, params string[] settings) =>
        StartAsync(directory.Path, null, settings);

    /// <summary>Finds a port by its type.</summary>
    public T Port<T>()
        where T : class => (T)Ports.Single(port => port.ServiceType == typeof(T)).ImplementationInstance!;

    public ApiClient As(string? key) => new(http, key);

    public async Task<ApiClient> AsSellerAsync(string sellerId)
    {
        var made = await Admin.PostAsync("/v1/api-keys", $$"""{"role":"seller","seller_id":"{{sellerId}}"}""");
        return As(made.Expect(201).String("key"));
    }

    public async Task<ApiClient> AsPartnerAsync(string partyId)
    {
        var made = await Admin.PostAsync("/v1/api-keys", $$"""{"role":"partner","party_id":"{{partyId}}"}""");
        return As(made.Expect(201).String("key"));
    }

    public async Task<ApiClient> AsCustomerAsync(string customerId, ApiClient? by = null)
    {
        var made = await (by ?? Admin)
            .PostAsync("/v1/customer-tokens", $$"""{"customer_id":"{{customerId}}","expires_in_seconds":86400}""");
        return As(made.Expect(201).String("token"));
    }

    /// <summary>Advances the clock and does all due work.</summary>
    public async Task AdvanceAsync(string to) => (await Admin.PostAsync("/v1/clock/advance", $$"""{"to":"{{to}}"}""")).Expect(200);

    /// <summary>Does the work that is due now, including payments.</summary>
    public async Task SettleAsync()
    {
        var now = (await Admin.GetAsync("/v1/clock")).Expect(200).String("now")!;
        await AdvanceAsync(now);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        ownDirectory?.Dispose();
    }

    private static async Task<TestGateway> StartAsync(string path, DataDirectory? own, string[] settings)
    {
        string[] usual =
        [
            "--urls=http://127.0.0.1:0",
            $"--Billing:DataDirectory={path}",
            "--Logging:LogLevel:Default=Warning",
        ];
        string[] unlessTold = [$"--Billing:AdminKey={AdminKey}", "--Billing:Clock=virtual", $"--Billing:ClockStart={ClockStart}"];
        var (server, address) = await TestRuntime.StartAsync(
            [.. usual, .. unlessTold, .. await TestRuntime.SettingsAsync(path, settings), .. settings]);
        return new TestGateway(server, address, own);
    }

    /// <summary>A server with all roles in this process.</summary>
    internal static async Task<(IAsyncDisposable Server, Uri Address)> StartHereAsync(string[] settings)
    {
        var host = await ServerHost.OpenAsync(settings);
        await host.StartAsync(CancellationToken.None);
        return (host, new Uri(host.Addresses.First()));
    }
}
