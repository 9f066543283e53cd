using System.Net;
using System.Net.Sockets;
using Npgsql;
using OrleansBilling.Silo.Schema;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

public class ClusterDatabaseTests
{
    [PostgresFact]
    public async Task A_database_that_does_not_answer_the_first_time_is_asked_again()
    {
        var database = new NpgsqlConnectionStringBuilder(await SharedPostgres.Instance.CreateDatabaseAsync());
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var front = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = "127.0.0.1", Port = ((IPEndPoint)server.LocalEndpoint).Port,
        };
        var connecting = ClusterDatabase.ConnectAsync(front.ConnectionString, TimeProvider.System, CancellationToken.None);
        using var unanswered = await server.AcceptTcpClientAsync();
        using var answered = await server.AcceptTcpClientAsync();
        using var behind = new TcpClient(database.Host!, database.Port);
        var there = answered.GetStream().CopyToAsync(behind.GetStream());
        _ = behind.GetStream().CopyToAsync(answered.GetStream());
        await connecting;
        Assert.False(server.Pending(), "It connected a third time.");
        ClusterDatabase.Close(front.ConnectionString);
        await there;
    }

    [PostgresFact]
    public async Task A_database_that_lets_nobody_in_is_not_asked_again()
    {
        var database = new NpgsqlConnectionStringBuilder(await SharedPostgres.Instance.CreateDatabaseAsync()) { Database = "no_such_one" };
        await Assert.ThrowsAsync<PostgresException>(
            () => ClusterDatabase.ConnectAsync(database.ConnectionString, TimeProvider.System, CancellationToken.None));
    }
}
