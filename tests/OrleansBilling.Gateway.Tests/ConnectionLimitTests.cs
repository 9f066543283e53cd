using System.Diagnostics;
using OrleansBilling.Gateway.Connections;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Server;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The number of connections is limited by the process's file descriptors, and each address gets a share.</summary>
public sealed class ConnectionLimitTests
{
    private const string Whole = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData(null, 20_000)]
    [InlineData(1_048_576L, 20_000)]
    [InlineData(20_000L, 19_232)]
    [InlineData(1_024L, 256)]
    [InlineData(256L, 0)]
    public void The_limit_leaves_a_reserve_of_what_may_be_opened(long? descriptors, int connections) =>
        Assert.Equal(connections, DescriptorLimit.Of(descriptors).Connections);

    /// <summary>
    /// With twice as many idle connections as the process may open, it still serves every address. They come while it compiles itself and
    /// opens what it needs, so that it closes connections more slowly than they come.
    /// </summary>
    [Fact]
    public async Task Idle_connections_neither_end_a_process_that_may_open_little_nor_keep_others_out()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var directory = new DataDirectory();
        using var process = Start(directory, descriptors: 1_024);
        var idle = new List<RawPeer>();
        try
        {
            var (said, address) = await ReadStartAsync(process);
            Assert.Contains(
                said, line =>
                    line.Contains("256 of 1024 file descriptors for connections, at most 128 per address", StringComparison.Ordinal));
            for (var tries = 0; idle.Count < 2_048; tries++)
            {
                Assert.InRange(tries, 0, 10_000);
                Assert.False(process.HasExited, "The server ended.");

                // The server may refuse a new connection until it has closed an older one, even while the new one is being opened.
                if (await RawPeer.TryConnectAsync(address, idle.Count % 2 == 0 ? "127.0.0.1" : "127.0.0.2") is { } peer) idle.Add(peer);
            }

            // The server closes all but 128 of each address, the oldest first.
            await Task.WhenAll(idle.Take(2_048 - 256).Select(peer => peer.ReadToEndAsync()));

            foreach (var from in new[] { "127.0.0.1", "127.0.0.2", "127.0.0.3" })
            {
                using var real = await RawPeer.ConnectAsync(address, from);
                await real.SendAsync(Whole);
                Assert.StartsWith("HTTP/1.1 200 OK\r\n", await real.ReadToEndAsync(), StringComparison.Ordinal);
            }

            await ReadyAsync(address);
            Assert.False(process.HasExited);
        }
        finally
        {
            foreach (var peer in idle) peer.Dispose();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task One_address_holds_so_many_connections_and_others_are_not_kept_out_by_it()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:ConnectionsPerAddress=3");
        var speaking = new List<RawPeer>();
        try
        {
            for (var n = 0; n < 3; n++)
            {
                // A connection that has sent a request keeps its place. The answer shows that the server received it.
                var peer = await RawPeer.ConnectAsync(gateway.Address, "127.0.0.5");
                await peer.SendAsync("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
                Assert.StartsWith("HTTP/1.1 200 OK", await peer.ReadHeadAsync(), StringComparison.Ordinal);
                speaking.Add(peer);
            }

            Assert.Equal("", await HearAsync(gateway.Address, "127.0.0.5"));
            using var other = await RawPeer.ConnectAsync(gateway.Address, "127.0.0.6");
            await other.SendAsync(Whole);
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await other.ReadToEndAsync(), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var peer in speaking) peer.Dispose();
        }
    }

    [Fact]
    public async Task A_silent_connection_gives_way_to_one_that_comes_after_it()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:ConnectionsPerAddress=2");
        using var first = await RawPeer.ConnectAsync(gateway.Address, "127.0.0.5");
        using var second = await RawPeer.ConnectAsync(gateway.Address, "127.0.0.5");
        using var third = await RawPeer.ConnectAsync(gateway.Address, "127.0.0.5");

        // Usually the first one, but a busy server may meet them in another order.
        var heard = new[] { first, second, third }.ToDictionary(peer => peer, peer => peer.ReadToEndAsync());
        var (gone, silence) = heard.Single(Is(await Task.WhenAny(heard.Values)));
        Assert.Equal("", await silence);
        foreach (var (peer, answer) in heard.Where(pair => pair.Key != gone))
        {
            await peer.SendAsync(Whole);
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", await answer, StringComparison.Ordinal);
        }

        static Func<KeyValuePair<RawPeer, Task<string>>, bool> Is(Task<string> ended) => pair => pair.Value == ended;
    }

    [Theory]
    [InlineData("ConnectionsPerAddress", "0")]
    [InlineData("StreamIdleSeconds", "soon")]
    [InlineData("SellerProducts", "-1")]
    public async Task A_limit_that_makes_no_sense_is_named(string name, string value)
    {
        using var directory = new DataDirectory();
        var error = await Assert.ThrowsAsync<StartupException>(
            () => ServerHost.OpenAsync([$"--Billing:DataDirectory={directory.Path}", $"--Billing:{name}={value}"]));
        Assert.StartsWith($"Billing__{name} must be a whole number from 1 to ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What the server sends to a silent peer; empty if it refuses the connection.</summary>
    private static async Task<string> HearAsync(Uri server, string from)
    {
        using var peer = await RawPeer.TryConnectAsync(server, from);
        return peer is null ? "" : await peer.ReadToEndAsync();
    }

    private static Process Start(DataDirectory directory, int descriptors)
    {
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", $"ulimit -n {descriptors} && exec dotnet \"$0\" --urls http://127.0.0.1:0", typeof(ServerHost).Assembly.Location])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = directory.Path,
        };
        start.Environment["Billing__DataDirectory"] = directory.Path;
        return Process.Start(start)!;
    }

    private static async Task ReadyAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        });
    }

    private static async Task<(List<string> Said, Uri Address)> ReadStartAsync(Process process)
    {
        const string Listening = "Now listening on: ";
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            said.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0) return (said, new Uri(line[(at + Listening.Length)..]));
        }

        throw new InvalidOperationException($"The gateway ended: {string.Join('\n', said)}");
    }
}
