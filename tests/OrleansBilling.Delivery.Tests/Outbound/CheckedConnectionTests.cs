using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;

namespace OrleansBilling.Delivery.Tests.Outbound;

/// <summary>A connection goes to an address that was checked, whatever DNS says before or after.</summary>
public sealed class CheckedConnectionTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");
    private static readonly IPAddress OtherPublic = IPAddress.Parse("2606:4700:4700::1111");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("0.0.0.0")]
    public async Task A_name_that_leads_inside_is_refused_and_nobody_is_called(string inside)
    {
        foreach (IPAddress[] addresses in new[] { [IPAddress.Parse(inside)], new[] { Public, IPAddress.Parse(inside) } })
        {
            var network = new FakeNetwork(_ => addresses);
            Assert.Equal(NoAnswerReason.AddressRefused, await ReasonAsync(network));
            Assert.Equal(1, network.Lookups);
            Assert.Empty(network.Calls);
        }
    }

    [Fact]
    public async Task A_listener_on_loopback_never_hears_of_it()
    {
        await using var receiver = RawReceiver.Says("HTTP/1.1 200 OK\r\n\r\n");
        var options = new OutboundOptions { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) };
        foreach (var host in new[] { "hooks.example.com", "127.0.0.1", "2130706433" })
        {
            var url = new Uri($"https://{host}:{receiver.EndPoint.Port}/");
            Assert.Equal(NoAnswerReason.AddressRefused, await Sending.ReasonAsync(url, options));
        }

        Assert.Equal(0, receiver.Connections);
    }

    /// <summary>The first look-up finds a public address, every later one loopback: what is called is the public one.</summary>
    [Fact]
    public async Task DNS_that_changes_between_check_and_connect_changes_nothing()
    {
        var network = new FakeNetwork(lookup => lookup == 1 ? [Public] : [IPAddress.Loopback]);
        Assert.Equal(NoAnswerReason.ConnectionLost, await ReasonAsync(network));
        Assert.Equal(1, network.Lookups);
        Assert.Equal([new IPEndPoint(Public, 443)], network.Calls);
    }

    [Fact]
    public async Task DNS_that_changes_between_two_deliveries_is_seen_at_the_second()
    {
        var network = new FakeNetwork(lookup => lookup == 1 ? [Public] : [IPAddress.Loopback]);
        using var client = new OutboundClient(network.Options, TimeProvider.System, network.ConnectAsync);
        Assert.Equal(NoAnswerReason.ConnectionLost, await ReasonAsync(client));
        Assert.Equal(NoAnswerReason.AddressRefused, await ReasonAsync(client));
        Assert.Equal([new IPEndPoint(Public, 443)], network.Calls);
    }

    [Fact]
    public async Task A_connection_is_given_up_after_its_lifetime_so_that_its_name_is_checked_again()
    {
        var lookups = 0;
        await using var receiver = await Receiver.StartAsync(200);
        var options = Sending.Private with
        {
            ConnectionLifetime = TimeSpan.Zero,
            Resolve = (_, _) =>
            {
                lookups++;
                return Task.FromResult(new[] { IPAddress.Loopback });
            },
        };
        using var client = new OutboundClient(options, TimeProvider.System);
        for (var n = 0; n < 3; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://hooks.example.com:{receiver.Url.Port}/");
            Assert.IsType<DeliveryOutcome.Delivered>(await client.SendAsync(request, CancellationToken.None));
        }

        Assert.Equal(3, lookups);
        Assert.Equal(3, receiver.Requests.DistinctBy(request => request.Connection).Count());
        Assert.InRange(new OutboundOptions().ConnectionLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task An_address_without_an_answer_leaves_time_for_the_next()
    {
        var silent = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        var calls = new List<IPEndPoint>();
        using var client = new OutboundClient(
            new OutboundOptions { Resolve = (_, _) => Task.FromResult(new[] { OtherPublic, Public }) }, time,
            async (to, cancellationToken) =>
            {
                calls.Add(to);
                if (calls.Count > 1) throw new SocketException((int)SocketError.ConnectionRefused);
                silent.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("This is not reached.");
            });
        var sending = ReasonAsync(client);
        await silent.Task;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(NoAnswerReason.ConnectionRefused, await sending);
        Assert.Equal([new IPEndPoint(OtherPublic, 443), new IPEndPoint(Public, 443)], calls);
    }

    [Fact]
    public async Task Of_many_addresses_only_the_first_four_are_called()
    {
        var many = Enumerable.Range(1, 200).Select(n => new IPAddress([8, 8, 8, (byte)n])).ToArray();
        var network = new FakeNetwork(_ => many);
        Assert.Equal(NoAnswerReason.ConnectionLost, await ReasonAsync(network));
        Assert.Equal(many[..4], network.Calls.Select(call => call.Address));
    }

    [Fact]
    public async Task Without_TLS_nothing_leaves_unless_allowed()
    {
        var network = new FakeNetwork(_ => [Public]);
        using var client = new OutboundClient(network.Options, TimeProvider.System, network.ConnectAsync);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://hooks.example.com/");
        var outcome = await client.SendAsync(request, CancellationToken.None);
        Assert.Equal(NoAnswerReason.AddressRefused, Assert.IsType<DeliveryOutcome.NoAnswer>(outcome).Reason);
        Assert.Equal(0, network.Lookups);
    }

    [Fact]
    public async Task A_host_has_so_many_connections_and_no_more()
    {
        var busy = new SemaphoreSlim(0);
        var go = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async _ =>
        {
            busy.Release();
            await go.Task;
        });
        using var client = new OutboundClient(Sending.Private with { ConnectionsPerHostMax = 2 }, TimeProvider.System);
        var sending = Enumerable.Range(0, 6).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, receiver.Url);
            return await client.SendAsync(request, CancellationToken.None);
        }).ToList();
        await busy.WaitAsync();
        await busy.WaitAsync();
        go.SetResult();
        Assert.All(await Task.WhenAll(sending), outcome => Assert.IsType<DeliveryOutcome.Delivered>(outcome));
        Assert.Equal(6, receiver.Requests.Count);
        Assert.InRange(receiver.Requests.DistinctBy(request => request.Connection).Count(), 1, 2);
    }

    private static async Task<NoAnswerReason> ReasonAsync(FakeNetwork network)
    {
        using var client = new OutboundClient(network.Options, TimeProvider.System, network.ConnectAsync);
        return await ReasonAsync(client);
    }

    private static async Task<NoAnswerReason> ReasonAsync(OutboundClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://hooks.example.com/");
        return Assert.IsType<DeliveryOutcome.NoAnswer>(await client.SendAsync(request, CancellationToken.None)).Reason;
    }

    /// <summary>A DNS whose answers depend on the number of the question, and a network where every call fails but is remembered.</summary>
    private sealed class FakeNetwork(Func<int, IPAddress[]> answer)
    {
        public int Lookups { get; private set; }

        public List<IPEndPoint> Calls { get; } = [];

        public OutboundOptions Options => new()
        {
            Resolve = (name, _) =>
            {
                Assert.Equal("hooks.example.com", name);
                return Task.FromResult(answer(++Lookups));
            },
        };

        public Task<Stream> ConnectAsync(IPEndPoint to, CancellationToken cancellationToken)
        {
            Calls.Add(to);
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }
    }
}
