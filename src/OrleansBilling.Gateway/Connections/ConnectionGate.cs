using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// Who may hold connections. All together and those of one address are bounded, so that neither file descriptors run out
/// nor one peer takes them all. A connection on which nothing was sent yet holds its place only until another one wants
/// it: the oldest silent one gives way, and after <see cref="SilenceMax"/> each is closed. So opening connections and
/// saying nothing keeps nobody out. Once something was sent, the web server's own time-outs hold.
/// </summary>
internal sealed class ConnectionGate(int connectionsMax, int perAddressMax, TimeProvider time)
{
    /// <summary>How long a connection may be silent from its start.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Seats> addresses = [];
    private readonly LinkedList<Seat> silent = [];
    private int taken;

    /// <summary>Lets a connection in, or closes it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Enter(connection) is not { } seat)
        {
            connection.Abort(new ConnectionAbortedException("There are as many connections as there may be."));
            return;
        }

        try
        {
            if (await SpeaksAsync(connection, seat)) await next(connection);
        }
        finally
        {
            Leave(seat);
        }
    }

    /// <summary>Whether the peer says something before its place is given away or its time is over. Nothing is consumed.</summary>
    private async Task<bool> SpeaksAsync(ConnectionContext connection, Seat seat)
    {
        var input = connection.Transport.Input;
        await using var timer = time.CreateTimer(
            static input => ((System.IO.Pipelines.PipeReader)input!).CancelPendingRead(), input, SilenceMax, Timeout.InfiniteTimeSpan);
        try
        {
            var read = await input.ReadAsync(connection.ConnectionClosed);
            input.AdvanceTo(read.Buffer.Start);
            if (!read.Buffer.IsEmpty && Spoke(seat)) return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException or IOException)
        {
            // The peer, or another one that took its place, ended it.
            return false;
        }

        connection.Abort(new ConnectionAbortedException("Nothing was sent."));
        return false;
    }

    private Seat? Enter(ConnectionContext connection)
    {
        var address = AddressOf(connection);
        Seat? leaving;
        Seat seat;
        lock (gate)
        {
            addresses.TryGetValue(address, out var own);
            var full = own?.Taken >= perAddressMax ? own.Silent : taken >= connectionsMax ? silent : null;
            if (full is { First: null }) return null;
            leaving = full?.First?.Value;
            if (leaving is not null) Free(leaving);
            if (!addresses.TryGetValue(address, out own)) addresses.Add(address, own = new Seats());
            seat = new Seat(connection, address);
            own.Taken++;
            taken++;
            silent.AddLast(seat.AmongAll);
            own.Silent.AddLast(seat.AmongOwn);
        }

        // Outside the lock: what waits on it may run at once.
        leaving?.Connection.Abort(new ConnectionAbortedException("Another connection took the place of this silent one."));
        return seat;
    }

    /// <summary>False when its place was given away in the same moment.</summary>
    private bool Spoke(Seat seat)
    {
        lock (gate)
        {
            if (seat.Freed) return false;
            Unlist(seat);
            return true;
        }
    }

    private void Leave(Seat seat)
    {
        lock (gate) Free(seat);
    }

    private void Free(Seat seat)
    {
        if (seat.Freed) return;
        seat.Freed = true;
        taken--;
        Unlist(seat);
        if (--addresses[seat.Address].Taken == 0) addresses.Remove(seat.Address);
    }

    private void Unlist(Seat seat)
    {
        if (seat.AmongAll.List is null) return;
        silent.Remove(seat.AmongAll);
        addresses[seat.Address].Silent.Remove(seat.AmongOwn);
    }

    /// <summary>What has no address, such as a socket in the file system, is one peer.</summary>
    private static IPAddress AddressOf(ConnectionContext connection) =>
        connection.RemoteEndPoint is not IPEndPoint { Address: var address } ? IPAddress.None
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkOf(address)
        : address;

    /// <summary>Whoever has one address of IPv6 has the whole /64.</summary>
    private static IPAddress NetworkOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Seats
    {
        public int Taken { get; set; }

        public LinkedList<Seat> Silent { get; } = [];
    }

    private sealed class Seat
    {
        public Seat(ConnectionContext connection, IPAddress address)
        {
            Connection = connection;
            Address = address;
            AmongAll = new(this);
            AmongOwn = new(this);
        }

        public ConnectionContext Connection { get; }

        public IPAddress Address { get; }

        public LinkedListNode<Seat> AmongAll { get; }

        public LinkedListNode<Seat> AmongOwn { get; }

        public bool Freed { get; set; }
    }
}
