using System.Net;
using System.Net.Sockets;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

/// <summary>A process that starts beside busy ones waits for its turn at the database.</summary>
[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresStartTests(PostgresFixture postgres)
{
    [StorageFact]
    public async Task A_database_that_does_not_answer_the_first_time_is_asked_again()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        var behind = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        using var front = new TcpListener(IPAddress.Loopback, 0);
        front.Start();
        var opening = PostgresTestDatabase.OpenAsync(database.Options with
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString)
            {
                Host = "127.0.0.1", Port = ((IPEndPoint)front.LocalEndpoint).Port,
            }.ConnectionString,
        });
        using var unanswered = await front.AcceptTcpClientAsync();
        var forwarding = ForwardAsync(front, behind);

        await using (var storage = await opening)
        {
            Assert.Null(await storage.Journal.LoadAsync("nothing", CancellationToken.None));
        }

        front.Stop();
        await forwarding;
    }

    [StorageFact]
    public async Task A_database_that_lets_nobody_in_is_not_asked_again()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        var nowhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = 1 };
        var options = database.Options with { ConnectionString = nowhere.ConnectionString };
        await Assert.ThrowsAsync<JournalUnavailableException>(() => PostgresTestDatabase.OpenAsync(options));
    }

    /// <summary>Passes every connection on, until the listener stops.</summary>
    private static async Task ForwardAsync(TcpListener front, NpgsqlConnectionStringBuilder behind)
    {
        var passing = new List<Task>();
        try
        {
            while (true) passing.Add(PassAsync(await front.AcceptTcpClientAsync(), behind));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(passing);
        }
    }

    private static async Task PassAsync(TcpClient caller, NpgsqlConnectionStringBuilder behind)
    {
        using var near = caller;
        using var far = new TcpClient();
        await far.ConnectAsync(behind.Host!, behind.Port);
        var there = near.GetStream().CopyToAsync(far.GetStream());
        var back = far.GetStream().CopyToAsync(near.GetStream());

        // Whichever side ends first, the other one is closed with it.
        await Task.WhenAny(there, back);
    }
}
