using System.Security.Cryptography;

namespace OrleansBilling.LoadTests.Processes;

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

    /// <summary>Starts a gateway on SQLite, or on PostgreSQL where a connection string is given.</summary>
    /// <param name="postgres">Connection string; null for SQLite in a directory of its own.</param>
    /// <param name="clockStart">Where a virtual clock starts; null for the machine's time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<GatewayProcess> StartAsync(string? postgres, string? clockStart, CancellationToken cancellationToken)
    {
        var data = new TemporaryDirectory();
        var key = $"load-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var environment = new Dictionary<string, string>
        {
            ["Billing__AdminKey"] = key,
            ["Billing__DataDirectory"] = data.Path,
            ["Billing__Storage"] = postgres is null ? "sqlite" : "postgres",
            ["Billing__Payments"] = "simulator",
            ["Billing__Clock"] = clockStart is null ? "system" : "virtual",
        };
        if (postgres is not null) environment["ConnectionStrings__Billing"] = postgres;
        if (clockStart is not null) environment["Billing__ClockStart"] = clockStart;
        GatewayProcess gateway;
        try
        {
            var process = await ChildProcess.StartAsync("OrleansBilling.Gateway.dll", ["--urls", "http://127.0.0.1:0"], environment, cancellationToken);
            gateway = new GatewayProcess(process, data, key);
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
    public LoadTestException Explain(Exception exception) => new($"{exception.Message}{Environment.NewLine}{process.LastWords()}", exception);

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
            if (attempt == TriesMax) throw Explain(new LoadTestException($"The gateway does not become ready: {(int)response.StatusCode}."));

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }
}
