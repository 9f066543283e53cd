using System.Security.Cryptography;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>The settings of a gateway process.</summary>
internal sealed record GatewaySetup
{
    /// <summary>PostgreSQL connection string; null for SQLite in a temporary directory.</summary>
    public string? Postgres { get; init; }

    /// <summary>Start of a virtual clock; null for the system clock.</summary>
    public string? ClockStart { get; init; }

    /// <summary>The payment provider; null for the simulator inside the gateway.</summary>
    public Uri? Payments { get; init; }

    /// <summary><c>all</c>, or <c>gateway</c> when silos already run.</summary>
    public string Role { get; init; } = "all";

    /// <summary>The program, if not the one that was built with the load tests.</summary>
    public string? Server { get; init; }

    /// <summary>Whether endpoints on this machine may be sent to.</summary>
    public bool TakesWebhooks { get; init; }

    /// <summary>What encrypts the secrets of endpoints; gateways on one database share it.</summary>
    public string MasterKey { get; init; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The administrator key; gateways on one database share it.</summary>
    public string Key { get; init; } = NewKey();

    public static string NewKey() => $"load-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
}

/// <summary>A gateway process with an administrator key that only this run knows.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly TemporaryDirectory data;

    private GatewayProcess(ChildProcess process, TemporaryDirectory data, string key)
    {
        this.process = process;
        this.data = data;
        Key = key;
    }

    public Uri Address => process.Address;

    public string Key { get; }

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public long ResidentBytes => process.ResidentBytes;

    /// <summary>Starts a gateway and waits until it is ready.</summary>
    public static async Task<GatewayProcess> StartAsync(GatewaySetup setup, CancellationToken cancellationToken)
    {
        var data = new TemporaryDirectory();
        var environment = new Dictionary<string, string>
        {
            ["Billing__AdminKey"] = setup.Key,
            ["Billing__DataDirectory"] = data.Path,
            ["Billing__Storage"] = setup.Postgres is null ? "sqlite" : "postgres",
            ["Billing__Role"] = setup.Role,
            ["Billing__Payments"] = setup.Payments?.ToString() ?? "simulator",
            ["Billing__Clock"] = setup.ClockStart is null ? "system" : "virtual",
        };
        if (setup.Postgres is not null) environment["ConnectionStrings__Billing"] = setup.Postgres;
        if (setup.TakesWebhooks)
        {
            environment["Billing__Webhooks__AllowPrivate"] = "true";
            environment["Billing__MasterKey"] = setup.MasterKey;
        }

        if (setup.ClockStart is not null) environment["Billing__ClockStart"] = setup.ClockStart;
        GatewayProcess gateway;
        try
        {
            var process = await ChildProcess.StartAsync(
                setup.Server ?? "OrleansBilling.Server.dll", ["--urls", "http://127.0.0.1:0"], environment, cancellationToken);
            gateway = new GatewayProcess(process, data, setup.Key);
        }
        catch
        {
            data.Dispose();
            throw;
        }

        try
        {
            await gateway.WaitUntilReadyAsync(cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds the last output of the gateway to a failure.</summary>
    public LoadTestException Explain(Exception exception) =>
        new($"{exception.Message}{Environment.NewLine}{process.LastWords()}", exception);

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        data.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        const int TriesMax = 300;
        using var client = new HttpClient { BaseAddress = Address };
        for (var attempt = 1; ; attempt++)
        {
            using var response = await client.GetAsync("/health/ready", cancellationToken);
            if (response.IsSuccessStatusCode) return;
            if (attempt == TriesMax)
                throw Explain(new LoadTestException($"The gateway did not become ready: status {(int)response.StatusCode}."));

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
