using System.Globalization;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>The stand-alone payment simulator as a process, and its book.</summary>
internal sealed class PaymentProvider : IAsyncDisposable
{
    private readonly string folder;
    private readonly ServerProcess process;
    private readonly BillingClient client;

    private PaymentProvider(string folder, ServerProcess process)
    {
        this.folder = folder;
        this.process = process;
        client = new BillingClient(process.Address, "");
    }

    public Uri Address => process.Address;

    public static async Task<PaymentProvider> StartAsync(TimeSpan latency)
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-book-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["Simulator__BookPath"] = Path.Combine(folder, "book.db"),
            ["Simulator__LatencyMilliseconds"] = latency.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
        return new PaymentProvider(folder, await ServerProcess.StartAsync("OrleansBilling.PaymentSimulator.dll", settings));
    }

    /// <summary>The number of booked charges.</summary>
    public async Task<int> CountChargesAsync() => (await client.GetAsync("/v1/book/summary"))["charges"]!.GetValue<int>();

    /// <summary>Amounts collected, by the permanent key of the charge.</summary>
    public Task<Dictionary<string, long>> ReadCollectedAsync() => client.ReadCollectedAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
