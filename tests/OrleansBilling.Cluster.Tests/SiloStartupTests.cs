using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrleansBilling.Cluster.Hosting;
using OrleansBilling.Cluster.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Cluster.Tests;

/// <summary>Starting a silo: what its operator is told.</summary>
public sealed class SiloStartupTests
{
    [Theory]
    [InlineData("ConnectionStrings__Billing is required: a silo joins by its database.", "ConnectionStrings__Billing=")]
    [InlineData("Billing__AdvertisedAddress must be an IP address; it is 'here'.", "Billing__AdvertisedAddress=here")]
    [InlineData("Billing__SiloPort must be a port, or 0 for any; it is '-1'.", "Billing__SiloPort=-1")]
    [InlineData("Billing__GatewayPort must be a port, or 0 for any; it is '65536'.", "Billing__GatewayPort=65536")]
    [InlineData("Billing__Payments must be simulator or an http(s) address; it is 'cash'.", "Billing__Payments=cash")]
    [InlineData("Billing__Clock must be one of system, virtual; it is 'sundial'.", "Billing__Clock=sundial")]
    public async Task A_setting_that_makes_no_sense_is_named(string message, string setting)
    {
        string[] arguments = ["--ConnectionStrings:Billing=Host=127.0.0.1;Port=1", "--" + setting.Replace("__", ":", StringComparison.Ordinal)];
        var error = await Assert.ThrowsAsync<StartupException>(() => SiloHost.OpenAsync(arguments, new SiloOptions(), CancellationToken.None));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_in_one_line_without_its_password()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => SiloHost.OpenAsync(
            ["--ConnectionStrings:Billing=Host=127.0.0.1;Port=1;Username=u;Password=swordfish;Database=d"], new SiloOptions(), CancellationToken.None));
        Assert.StartsWith("The database cannot be opened: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("swordfish", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_without_a_database_ends_with_one_line_and_code_1()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "OrleansBilling.Cluster.dll"))
        {
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Billing");
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("orleans-billing-silo: ConnectionStrings__Billing is required: a silo joins by its database.\n", errors.ReplaceLineEndings("\n"));
    }

    [PostgresFact]
    public async Task A_port_that_is_taken_is_one_line_too()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        string[] arguments = [$"--ConnectionStrings:Billing={await SharedPostgres.Instance.CreateDatabaseAsync()}", $"--Billing:SiloPort={port}", "--Logging:LogLevel:Default=None"];
        await using var silo = await SiloHost.OpenAsync(arguments, new SiloOptions(), CancellationToken.None);
        var error = await Assert.ThrowsAsync<StartupException>(() => silo.StartAsync(CancellationToken.None));
        Assert.StartsWith("Cannot join: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [PostgresFact]
    public async Task A_silo_tells_its_health()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        using var http = new HttpClient { BaseAddress = new Uri(cluster.Silos[0].Addresses.First()) };
        Assert.Equal("live", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        Assert.Equal("ready", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
    }
}
