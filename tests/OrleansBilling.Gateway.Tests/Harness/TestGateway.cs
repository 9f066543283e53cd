using OrleansBilling.Gateway.Hosting;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A whole gateway in this process: real routes over loopback, real storage in a directory, a virtual clock.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-tests";
    public const string ClockStart = "2024-01-31T00:00:00Z";

    private readonly GatewayHost host;
    private readonly TestRuntime runtime;
    private readonly DataDirectory? ownDirectory;
    private readonly HttpClient http;

    private TestGateway(GatewayHost host, TestRuntime runtime, DataDirectory? ownDirectory)
    {
        this.host = host;
        this.runtime = runtime;
        this.ownDirectory = ownDirectory;
        Address = new Uri(host.Addresses.First());
        http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        Admin = As(AdminKey);
    }

    public Uri Address { get; }

    public ApiClient Admin { get; }

    public GatewayServices Services => host.Services;

    public string? NewAdminKey => host.NewAdminKey;

    public static Task<TestGateway> StartAsync(params string[] settings)
    {
        var directory = new DataDirectory();
        return StartAsync(directory.Path, directory, settings);
    }

    public static Task<TestGateway> StartInAsync(DataDirectory directory, params string[] settings) => StartAsync(directory.Path, null, settings);

    public ApiClient As(string? key) => new(http, key);

    public async Task<ApiClient> AsSellerAsync(string sellerId)
    {
        var made = await Admin.PostAsync("/v1/api-keys", $$"""{"role":"seller","seller_id":"{{sellerId}}"}""");
        return As(made.Expect(201).String("key"));
    }

    public async Task<ApiClient> AsCustomerAsync(string customerId, ApiClient? by = null)
    {
        var made = await (by ?? Admin).PostAsync("/v1/customer-tokens", $$"""{"customer_id":"{{customerId}}","expires_in_seconds":86400}""");
        return As(made.Expect(201).String("token"));
    }

    /// <summary>Moves the clock and does all that falls due on the way.</summary>
    public async Task AdvanceAsync(string to) => (await Admin.PostAsync("/v1/clock/advance", $$"""{"to":"{{to}}"}""")).Expect(200);

    /// <summary>Does what is due at the present instant, payments included.</summary>
    public async Task SettleAsync()
    {
        var now = (await Admin.GetAsync("/v1/clock")).Expect(200).String("now")!;
        await AdvanceAsync(now);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        await runtime.DisposeAsync();
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
        var runtime = await TestRuntime.OpenAsync(path, [.. unlessTold, .. settings]);
        try
        {
            var host = await GatewayHost.OpenAsync([.. usual, .. unlessTold, .. runtime.Settings, .. settings]);
            await host.StartAsync(CancellationToken.None);
            await TestRuntime.ReadyAsync(host);
            return new TestGateway(host, runtime, own);
        }
        catch
        {
            await runtime.DisposeAsync();
            throw;
        }
    }
}
