using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>The pages in a process of their own, which knows only the address of the API.</summary>
public sealed class ApartTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task The_console_runs_apart_from_the_API()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(ConsoleLimits).Assembly.Location, $"--urls={address}", $"--Console:Api={server.Gateway.Address}",
                "--Logging:LogLevel:Default=Warning",
            },
        })!;
        try
        {
            await WaitAsync(new Uri(address, "/console/sign-in"));
            await using var visitor = await chromium.VisitAsync(new Uri(address, "/console/"));
            await visitor.SignInAsync(server.SellerKey);
            await visitor.ShowAsync("cancellations?period=90d");
            var figures = await server.Seller.Statistics.CancellationsAsync(
                new() { From = new DateOnly(2024, 5, 20).AddDays(-89), To = new DateOnly(2024, 5, 20) });
            Assert.Equal(
                figures.Canceled.ToString(System.Globalization.CultureInfo.InvariantCulture), await visitor.FigureAsync("canceled"));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task WaitAsync(Uri page)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(page);
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                // It does not listen yet.
            }

            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "The console did not start.");
            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
