using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansBilling.Gateway.Connections;

namespace OrleansBilling.Gateway.Tests;

/// <summary>However slowly connections are closed, no more are accepted than may be open.</summary>
public sealed class AcceptGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AcceptGate gate = new(
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), openMax: 2);

    [Fact]
    public async Task The_next_connection_is_accepted_when_the_socket_of_another_is_closed()
    {
        await using var listener = await gate.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        var peers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConnectAsync(listener)));
        var first = (await listener.AcceptAsync())!;
        var second = (await listener.AcceptAsync())!;
        var third = listener.AcceptAsync().AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => third.WaitAsync(TimeSpan.FromMilliseconds(200)));

        // Aborted is not closed: the descriptor is still taken.
        first.Abort(new ConnectionAbortedException("A test."));
        await Assert.ThrowsAsync<TimeoutException>(() => third.WaitAsync(TimeSpan.FromMilliseconds(200)));
        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var accepted = await third.WaitAsync(Patience);
        Assert.NotNull(accepted);
        var fourth = listener.AcceptAsync().AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => fourth.WaitAsync(TimeSpan.FromMilliseconds(200)));

        await second.DisposeAsync();
        await (await fourth.WaitAsync(Patience))!.DisposeAsync();
        foreach (var peer in peers) peer.Dispose();
    }

    [Fact]
    public async Task A_listener_that_waits_for_a_place_ends_when_it_is_unbound_and_takes_none()
    {
        await using var listener = await gate.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var one = await ConnectAsync(listener);
        using var two = await ConnectAsync(listener);
        await using var first = await listener.AcceptAsync();
        await using var second = await listener.AcceptAsync();
        var waiting = listener.AcceptAsync().AsTask();

        await listener.UnbindAsync();
        Assert.Null(await waiting.WaitAsync(Patience));
        Assert.Null(await listener.AcceptAsync());
    }

    private static async Task<Socket> ConnectAsync(IConnectionListener listener)
    {
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.EndPoint);
        return peer;
    }
}
