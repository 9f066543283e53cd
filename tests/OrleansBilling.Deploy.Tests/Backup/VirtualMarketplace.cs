using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>One server on a virtual clock over a database that is to be backed up; after the restore, another one over the copy.</summary>
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

    /// <summary>Starts a server; its clock goes on from where the database left it.</summary>
    public static async Task<VirtualMarketplace> OpenAsync(string connectionString, Uri provider)
    {
        var settings = ServerSettings.On(connectionString, provider).At(Start.ToString());
        return new VirtualMarketplace(await ServerProcess.StartAsync("OrleansBilling.Server.dll", settings));
    }

    /// <summary>Moves the clock to the start of a day, counted from the first; does all that falls due until then.</summary>
    public Task AdvanceToDayAsync(int day) =>
        Client.PostAsync("/v1/clock/advance", new JsonObject { ["to"] = StartOfDay(day).ToString() });

    /// <summary>Counted from the first.</summary>
    public static Instant StartOfDay(int day) => Start + Duration.FromDays(day);

    /// <summary>Signs up one after the other, until told to stop; remembers whom the server acknowledged.</summary>
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
