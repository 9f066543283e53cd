using System.Net;
using System.Net.Sockets;
using Npgsql;
using OrleansBilling.Server;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>What an operator sees when a silo starts.</summary>
public sealed class SiloStartupTests
{
    [PostgresFact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] arguments =
        [
            "--Billing:Role=silo", "--Billing:Storage=postgres",
            $"--ConnectionStrings:Billing={await SharedPostgres.Instance.CreateDatabaseAsync()}",
            $"--Billing:SiloPort={port}", "--Logging:LogLevel:Default=None",
        ];
        await using var silo = await ServerHost.OpenAsync(arguments);
        var error = await Assert.ThrowsAsync<StartupException>(() => silo.StartAsync(CancellationToken.None));
        Assert.StartsWith("Cannot listen: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [PostgresFact]
    public async Task A_process_that_is_told_to_stop_while_it_opens_its_database_ends_well_and_leaves_nothing_open()
    {
        var connectionString = await SharedPostgres.Instance.CreateDatabaseAsync();
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var holder = await database.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("lock table schema_version", holder);
        await hold.ExecuteNonQueryAsync();
        await using var server = ServerProcess.Launch("OrleansBilling.Server.dll", new Dictionary<string, string>
        {
            ["Billing__Storage"] = "postgres", ["ConnectionStrings__Billing"] = connectionString,
        });
        await Eventually.EqualAsync(1, () => CountAsync("wait_event_type = 'Lock'"));

        Assert.Equal(0, await server.TerminateAsync());
        await Eventually.EqualAsync(0, () => CountAsync($"backend_type = 'client backend' and pid <> {holder.ProcessID}"));
        Assert.DoesNotContain("xception", server.Output, StringComparison.Ordinal);

        async Task<long> CountAsync(string which)
        {
            await using var command = database.CreateCommand(
                $"select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and {which}");
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }

    [PostgresFact]
    public async Task A_silo_tells_its_health()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        using var http = new HttpClient { BaseAddress = new Uri(cluster.Silos[0].Addresses.First()) };
        Assert.Equal("""{"status":"live"}""", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        Assert.Equal("""{"status":"ready"}""", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }
}
