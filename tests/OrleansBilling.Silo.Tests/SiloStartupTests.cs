using System.Net;
using System.Net.Sockets;
using OrleansBilling.Server;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>What an operator is told when a silo starts.</summary>
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
    public async Task A_silo_tells_its_health()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        using var http = new HttpClient { BaseAddress = new Uri(cluster.Silos[0].Addresses.First()) };
        Assert.Equal("""{"status":"live"}""", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        Assert.Equal("""{"status":"ready"}""", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }
}
