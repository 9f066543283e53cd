using System.Security.Cryptography;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>What a gateway is started with.</summary>
internal sealed record GatewaySetup
{
    /// <summary>Connection string; null for SQLite in a directory of its own.</summary>
    public string? Postgres { get; init; }

    /// <summary>Where a virtual clock starts; null for the machine's time.</summary>
    public string? ClockStart { get; init; }

    /// <summary>The payment provider; null for the simulator within the gateway.</summary>
    public Uri? Payments { get; init; }

    /// <summary><c>all</c>, or <c>gateway</c> with silos that run already.</summary>
    public string Role { get; init; } = "all";

    /// <summary>The administrator's key; several gateways on one database share one.</summary>
    public string Key { get; init; } = NewKey();

    public static string NewKey() => $"load-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
}

/// <summary>A gateway in a process of its own, with an administrator's key that only we know.</summary>
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
        if (setup.ClockStart is not null) environment["Billing__ClockStart"] = setup.ClockStart;
        GatewayProcess gateway;
        try
        {
            var process = await ChildProcess.StartAsync(
                "OrleansBilling.Server.dll", ["--urls", "http://127.0.0.1:0"], environment, cancellationToken);
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

    /// <summary>The same failure, with what the gateway has to say about it.</summary>
    public LoadTestException Explain(Exception exception) =>
        new($"{exception.Message}{Environment.NewLine}{process.LastWords()}", exception);

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        data.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        const int TriesMax = 100;
        using var client = new HttpClient { BaseAddress = Address };
        for (var attempt = 1; ; attempt++)
        {
            using var response = await client.GetAsync("/health/ready", cancellationToken);
            if (response.IsSuccessStatusCode) return;
            if (attempt == TriesMax)
                throw Explain(new LoadTestException($"The gateway does not become ready: {(int)response.StatusCode}."));

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
