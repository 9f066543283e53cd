using System.Globalization;
using OrleansBilling.Deploy.Tests.Backup;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Failover;

/// <summary>
/// A primary and its synchronous replica, run with the scripts and settings of <c>deploy/postgres</c>. The two ports stay the same,
/// whichever is the primary.
/// </summary>
internal sealed class DatabasePair : IAsyncDisposable
{
    private const string Database = "billing";
    private readonly PostgresServer first;
    private readonly BackupFolder folder;
    private readonly HashSet<Place> running = [];
    private int copies;

    private DatabasePair(PostgresServer first, BackupFolder folder)
    {
        this.first = first;
        this.folder = folder;
        Primary = new Place(first.Data, first.Port);
        Replica = new Place("", FreePort.Find());
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1:{Primary.Port},127.0.0.1:{Replica.Port};Target Session Attributes=primary;Username=postgres;") +
            $"Database={Database}";
    }

    /// <summary>Names both servers.</summary>
    public string ConnectionString { get; }

    public Place Primary { get; private set; }

    /// <summary>The replica, or after a promotion the old primary.</summary>
    public Place Replica { get; private set; }

    public static async Task<DatabasePair> StartAsync()
    {
        var folder = await BackupFolder.MakeAsync();
        var conf = folder.Path("replica.conf");
        File.Copy(DeployFolder.Path("postgres", "replica.conf"), conf);
        var settings = new Dictionary<string, string> { ["full_page_writes"] = "on", ["include"] = $"'{conf}'" };
        var pair = new DatabasePair(await PostgresServer.StartNewAsync(durable: false, settings), folder);
        pair.running.Add(pair.Primary);
        await pair.first.CreateBillingDatabaseAsync(Database);
        await pair.MakeReplicaAsync();
        return pair;
    }

    /// <summary>A connection string of one of the two.</summary>
    public static string ConnectionStringOf(Place place) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={place.Port};Username=postgres;Database={Database}");

    /// <summary>Copies the primary, starts the copy as its replica, and has commits wait for it.</summary>
    public async Task MakeReplicaAsync()
    {
        if (running.Remove(Replica)) await StopAsync(Replica);
        var name = string.Create(CultureInfo.InvariantCulture, $"billing_{++copies}");
        Replica = Replica with { Data = folder.Path(name) };
        await folder.RunAsync(Primary.Port, Database, "make-replica.sh", Replica.Data, name);
        await StartAsync(Replica);
        await folder.RunAsync(Primary.Port, Database, "synchronous.sh", "on", name);
    }

    /// <summary>Ends the primary like a power failure.</summary>
    public async Task KillPrimaryAsync()
    {
        running.Remove(Primary);
        await folder.StopServerAsync(Primary.Data);
    }

    /// <summary>Freezes the primary with all its sessions, like a machine that hangs.</summary>
    public Task FreezePrimaryAsync() => SignalAsync(Primary, "-STOP");

    /// <summary>The replica becomes the primary.</summary>
    /// <param name="more">More arguments of the script.</param>
    public async Task PromoteAsync(params string[] more)
    {
        await folder.RunAsync(Replica.Port, Database, "promote.sh", more);
        (Primary, Replica) = (Replica, Primary);
    }

    /// <summary>Starts the old primary on its old folder (the mistake of an operator), or lets it go on if it is frozen.</summary>
    public Task StartOldAsync() => running.Contains(Replica) ? SignalAsync(Replica, "-CONT") : StartAsync(Replica);

    public async ValueTask DisposeAsync()
    {
        foreach (var place in running) await StopAsync(place);
        await first.DisposeAsync();
        await folder.DisposeAsync();
    }

    /// <summary>Signals a server and its sessions, which are its child processes.</summary>
    private static async Task SignalAsync(Place place, string signal)
    {
        var server = (await File.ReadAllLinesAsync(Path.Combine(place.Data, "postmaster.pid")))[0];
        var (_, sessions) = await Programs.RunAsync("ps", ["-o", "pid=", "--ppid", server]);
        string[] all = [server, .. sessions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

        // A session that ends meanwhile is no failure.
        await Programs.RunAsync("kill", [signal, .. all]);
    }

    /// <summary>Stops a server, also one that is frozen.</summary>
    private async Task StopAsync(Place place)
    {
        await SignalAsync(place, "-CONT");
        await folder.StopServerAsync(place.Data);
    }

    private async Task StartAsync(Place place)
    {
        await folder.StartServerAsync(place.Data, place.Port);
        running.Add(place);
    }

    /// <summary>A data folder and the port on which its server listens.</summary>
    internal sealed record Place(string Data, int Port);
}
