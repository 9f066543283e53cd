using OrleansBilling.Server;

namespace OrleansBilling.Fuzz.Tests.Book;

/// <summary>A whole server in this process: a silo, real routes over loopback, SQLite in its own directory, a virtual clock.</summary>
internal sealed class FuzzGateway : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-fuzzer";

    private readonly ServerHost host;
    private readonly DirectoryInfo directory;

    private FuzzGateway(ServerHost host, DirectoryInfo directory)
    {
        this.host = host;
        this.directory = directory;
        Http = new HttpClient { BaseAddress = new Uri(host.Addresses.First()), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Http { get; }

    public static async Task<FuzzGateway> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("orleans-billing-fuzz-");
        var host = await ServerHost.OpenAsync(
        [
            "--urls=http://127.0.0.1:0", $"--Billing:DataDirectory={directory.FullName}", $"--Billing:AdminKey={AdminKey}",
            "--Billing:Clock=virtual", "--Billing:ClockStart=2024-01-31T00:00:00Z", "--Billing:Webhooks:AllowPrivate=true",
            "--Logging:LogLevel:Default=Warning",
        ]);
        await host.StartAsync(CancellationToken.None);
        return new FuzzGateway(host, directory);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
