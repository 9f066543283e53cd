using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>One server on a virtual clock, on the database to back up. After the restore, another one runs on the copy.</summary>
internal sealed class VirtualMarketplace : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2024, 1, 31, 0, 0);

    private readonly ServerProcess server;

    private VirtualMarketplace(ServerProcess server)
    {
        this.server = server;
        Client = new BillingClient(server.Address, ServerSettings.AdminKey);
    }

    public Uri Address => server.Address;

    public BillingClient Client { get; }

    /// <summary>Starts a server. Its clock continues from where the database left it.</summary>
    public static async Task<VirtualMarketplace> OpenAsync(string connectionString, Uri provider)
    {
        var settings = ServerSettings.On(connectionString, provider).At(Start.ToString());
        return new VirtualMarketplace(await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings));
    }

    /// <summary>Advances the clock to the start of a day, counted from the first, and does all work due until then.</summary>
    public Task AdvanceToDayAsync(int day) =>
        Client.PostAsync("/v1/clock/advance", new JsonObject { ["to"] = StartOfDay(day).ToString() });

    /// <summary>Counted from the first.</summary>
    public static Instant StartOfDay(int day) => Start + Duration.FromDays(day);

    /// <summary>Signs up one subscription after another until stopped, and records the acknowledged ones.</summary>
    public async Task SubscribeUntilAsync(List<string> acknowledged, CancellationToken enough)
    {
        for (var n = 1; !enough.IsCancellationRequested; n++)
        {
            await DailyOffer.SubscribeAsync(Client, [$"new-{n}"]);
            lock (acknowledged) acknowledged.Add($"new-{n}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
