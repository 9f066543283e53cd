using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Server;
using OrleansBilling.Server.Composition;
using OrleansBilling.Server.Settings;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Starts and stops the server as a process.</summary>
public sealed class StartupTests
{
    [Theory]
    [InlineData("Billing__Storage must be one of sqlite, postgres; it is 'oracle'.", "Billing__Storage=oracle")]
    [InlineData("ConnectionStrings__Billing is required with Billing__Storage=postgres.", "Billing__Storage=postgres")]
    [InlineData("Billing__Clock must be one of system, virtual; it is 'sundial'.", "Billing__Clock=sundial")]
    [InlineData(
        "Billing__ClockStart must be an RFC 3339 instant such as 2024-01-31T00:00:00Z; it is 'yesterday'.", "Billing__Clock=virtual",
        "Billing__ClockStart=yesterday")]
    [InlineData("Billing__ClockStart must be before the year 9900.", "Billing__Clock=virtual", "Billing__ClockStart=9950-01-31T00:00:00Z")]
    [InlineData("Billing__ClockStart requires Billing__Clock=virtual.", "Billing__ClockStart=2024-01-31T00:00:00Z")]
    [InlineData("Billing__Payments must be simulator or an http(s) address; it is 'cash'.", "Billing__Payments=cash")]
    [InlineData("Billing__Role must be one of all, silo, gateway; it is 'cloud'.", "Billing__Role=cloud")]
    [InlineData("Billing__Role must be all with Billing__Storage=sqlite: silos and gateways meet in PostgreSQL.", "Billing__Role=silo")]
    [InlineData("Billing__Role must be all with Billing__Storage=sqlite: silos and gateways meet in PostgreSQL.", "Billing__Role=gateway")]
    [InlineData("Billing__AdvertisedAddress must be an IP address; it is 'here'.", "Billing__AdvertisedAddress=here")]
    [InlineData("Billing__SiloPort must be a port, or 0 for any; it is '-1'.", "Billing__SiloPort=-1")]
    [InlineData("Billing__Console__Url must be an http(s) address; it is 'billing'.", "Billing__Console__Url=billing")]
    [InlineData("Billing__GatewayPort must be a port, or 0 for any; it is '65536'.", "Billing__GatewayPort=65536")]
    [InlineData(
        "Billing__Storge is unknown; known settings are AdminKey, AdvertisedAddress, CatalogCacheMegabytes, CatalogDocumentBytes, " +
        "CheckPages, Clock, ClockStart, ClusterId, ConnectionsPerAddress, Console__Circuits, Console__CircuitsKept, " +
        "Console__CircuitsPerSession, Console__Url, DataDirectory, DatabaseConnections, GatewayPort, MasterKey, " +
        "Metrics, Payments, RateLimit, RateLimitBurst, RequestsAtOnce, RequestsWaiting, Role, SellerCoupons, SellerOfferVersions, " +
        "SellerOffers, SellerPlans, SellerProducts, SiloPort, Storage, StreamIdleSeconds, StreamsPerCaller, Tls__Authority, " +
        "Tls__Certificate, Tls__Key, Usage__RetentionDays, WaitsPerCaller, WarmUpSeconds, Webhooks__AllowPrivate, Webhooks__RetentionDays.",
        "Billing__Storge=postgres")]
    [InlineData(
        "Billing__Tls__Certificate, Billing__Tls__Key and Billing__Tls__Authority are required together.", "Billing__Tls__Key=tls.key")]
    [InlineData(
        "Billing__Tls requires Billing__Storage=postgres: a single process calls no other.", "Billing__Tls__Certificate=tls.crt",
        "Billing__Tls__Key=tls.key", "Billing__Tls__Authority=ca.crt")]
    [InlineData("Billing__DatabaseConnections must be a whole number from 12 to 100; it is '11'.", "Billing__DatabaseConnections=11")]
    [InlineData("Billing__MasterKey must be 32 bytes in base64, such as `openssl rand -base64 32` makes.", "Billing__MasterKey=secret")]
    [InlineData("Billing__RateLimitBurst requires Billing__RateLimit.", "Billing__RateLimitBurst=5")]
    [InlineData("Billing__RateLimit must be a whole number from 1 to 1000000; it is '0'.", "Billing__RateLimit=0")]
    [InlineData(
        "Billing__AdminKey must be at most 512 visible ASCII characters, because it is sent in a header.", "Billing__AdminKey=chave não")]
    public async Task A_setting_that_makes_no_sense_is_named(string message, params string[] settings)
    {
        using var directory = new DataDirectory();
        string[] arguments = [
            $"--Billing:DataDirectory={directory.Path}",
            .. settings.Select(setting => "--" + setting.Replace("__", ":", StringComparison.Ordinal))];
        var error = await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync(arguments));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("silo")]
    [InlineData("gateway")]
    public async Task A_connection_string_that_nobody_can_read_is_named(string role)
    {
        using var directory = new DataDirectory();
        var error = await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync(
            [
                $"--Billing:DataDirectory={directory.Path}", $"--Billing:Role={role}", "--Billing:Storage=postgres",
                "--ConnectionStrings:Billing=Hosst=x",
            ]));
        Assert.StartsWith("ConnectionStrings__Billing is not a PostgreSQL connection string: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_asks_for_a_standby_is_refused()
    {
        using var directory = new DataDirectory();
        var error = await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync(
            [
                $"--Billing:DataDirectory={directory.Path}", "--Billing:Storage=postgres",
                "--ConnectionStrings:Billing=Host=a:5432,b:5433;Target Session Attributes=prefer-standby",
            ]));
        Assert.EndsWith("must be primary or read-write: commits need the primary.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_advertised_address_that_is_not_of_this_machine_keeps_no_server_on_SQLite_from_starting()
    {
        using var directory = new DataDirectory();
        await using var server = await ServerHost.OpenAsync(
            [$"--Billing:DataDirectory={directory.Path}", "--Billing:AdvertisedAddress=192.0.2.1", "--urls=http://127.0.0.1:0"]);
        await server.StartAsync(CancellationToken.None);
        Assert.NotEmpty(server.Addresses);
    }

    [Fact]
    public async Task A_bad_setting_ends_the_process_with_one_line_and_code_1()
    {
        using var directory = new DataDirectory();
        using var process = Start(directory, ("Billing__Storage", "oracle"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Equal(
            "orleans-billing: Billing__Storage must be one of sqlite, postgres; it is 'oracle'.\n", errors.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_one_line_too()
    {
        using var directory = new DataDirectory();
        await File.WriteAllTextAsync(
            Path.Combine(directory.Path, StorageOpening.FileName),
            "This is not a database, and was not meant to be one, whatever its name says.");
        var error = await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync([$"--Billing:DataDirectory={directory.Path}"]));
        Assert.StartsWith("The sqlite storage cannot be opened: ", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line_too()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var directory = new DataDirectory();
        using var process = Start(directory, ("ASPNETCORE_URLS", $"http://{taken.LocalEndpoint}"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith(
            $"orleans-billing: Cannot listen: Failed to bind to address http://{taken.LocalEndpoint}", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_first_start_prints_an_admin_key_once_serves_and_stops_when_told()
    {
        using var directory = new DataDirectory();
        string key;
        using (var process = Start(directory, ("ASPNETCORE_URLS", "http://127.0.0.1:0")))
        {
            var (printed, address) = await ReadStartAsync(process);
            key = Assert.Single(printed, line => line.StartsWith("Admin key", StringComparison.Ordinal)).Split(' ')[^1];
            using var http = new HttpClient { BaseAddress = address };
            (await new ApiClient(http, key).GetAsync("/v1/subscriptions")).Expect(200);
            await StopAsync(process);
        }

        using var second = Start(directory, ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        var (again, newAddress) = await ReadStartAsync(second);
        Assert.DoesNotContain(again, line => line.StartsWith("Admin key", StringComparison.Ordinal));
        using var newHttp = new HttpClient { BaseAddress = newAddress };
        (await new ApiClient(newHttp, key).GetAsync("/v1/subscriptions")).Expect(200);
        await StopAsync(second);
    }

    [Fact]
    public async Task Migrating_a_SQLite_file_is_refused_because_the_server_does_it_itself()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => Migration.RunAsync([Migration.Argument]));
        Assert.StartsWith("--migrate is for Billing__Storage=postgres.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silo", "10.0.0.7", null, true)]
    [InlineData("all", "10.0.0.7", null, true)]
    [InlineData("silo", "127.0.0.1", null, false)]
    [InlineData("gateway", "10.0.0.7", null, false)]
    [InlineData("silo", "10.0.0.7", "tls", false)]
    public void A_silo_that_takes_anybody_on_the_network_knows_it(string role, string address, string? tls, bool isOpen)
    {
        var settings = SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Billing:Storage"] = "postgres", ["ConnectionStrings:Billing"] = "Host=127.0.0.1", ["Billing:Role"] = role,
            ["Billing:AdvertisedAddress"] = address, ["Billing:Tls:Certificate"] = tls, ["Billing:Tls:Key"] = tls,
            ["Billing:Tls:Authority"] = tls,
        }).Build());
        Assert.Equal(isOpen, settings.IsOpenToTheNetwork);
    }

    private static Process Start(DataDirectory directory, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", typeof(ServerHost).Assembly.Location)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory.Path,
        };
        start.Environment["Billing__DataDirectory"] = directory.Path;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<(List<string> Printed, Uri Address)> ReadStartAsync(Process process)
    {
        const string Listening = "Now listening on: ";
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var printed = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            printed.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) return (printed, new Uri(line[(at + Listening.Length)..]));
        }

        throw new InvalidOperationException($"The gateway ended: {await process.StandardError.ReadToEndAsync(deadline.Token)}");
    }

    private static async Task StopAsync(Process process)
    {
        const int Terminate = 15;
        Assert.Equal(0, Kill(process.Id, Terminate));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(0, process.ExitCode);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
