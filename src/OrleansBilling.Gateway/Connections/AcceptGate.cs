using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// Accepts a connection only while few enough are open, from the accepting until the socket is closed. The web server's own limit looks at
/// a connection after it was accepted: a process that is busy, such as one that still compiles itself, accepts faster than it closes, and
/// would run out of file descriptors. Those that come meanwhile wait in the queue of the operating system.
/// </summary>
internal sealed class AcceptGate : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory sockets;

    /// <summary>One for each connection that may still be opened.</summary>
    private readonly Channel<byte> places = Channel.CreateUnbounded<byte>();

    public AcceptGate(SocketTransportFactory sockets, int openMax)
    {
        this.sockets = sockets;
        for (var n = 0; n < openMax; n++) places.Writer.TryWrite(0);
    }

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), places);

    private sealed class Listener(IConnectionListener inner, Channel<byte> places) : IConnectionListener
    {
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.Reader.ReadAsync(unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            ConnectionContext? accepted = null;
            try
            {
                accepted = await inner.AcceptAsync(cancellationToken);
                return accepted is null ? null : new CountedConnection(accepted, places.Writer);
            }
            finally
            {
                if (accepted is null) places.Writer.TryWrite(0);
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            unbound.Dispose();
        }
    }
}
