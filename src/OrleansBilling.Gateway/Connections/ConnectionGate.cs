using System.Net;
using Microsoft.AspNetCore.Connections;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Connections;

/// <summary>
/// Limits connections in total and per address, so that file descriptors do not run out and one peer cannot take them all. A connection
/// that has sent nothing keeps its place only until another one needs it: the oldest silent one is closed. After
/// <see cref="SilenceMax"/>, every silent one is closed. So opening connections without sending anything locks nobody out. Once
/// something was sent, the web server's own timeouts apply.
/// </summary>
internal sealed class ConnectionGate(int connectionsMax, int perAddressMax, TimeProvider time)
{
    /// <summary>How long a new connection may be silent.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Seats> addresses = [];
    private readonly LinkedList<Seat> silent = [];
    private int taken;

    /// <summary>Admits a connection or closes it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Enter(connection) is not { } seat)
        {
            connection.Abort(new ConnectionAbortedException("The limit on connections is reached."));
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

    /// <summary>Whether the peer sends something before its place is taken or its time is up. Consumes nothing.</summary>
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
            // Closed by the peer, or because another connection took its place.
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

        // Outside the lock: continuations of the abort may run at once.
        leaving?.Connection.Abort(new ConnectionAbortedException("Another connection took the place of this silent one."));
        return seat;
    }

    /// <summary>False if its place was taken at the same moment.</summary>
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

    private static IPAddress AddressOf(ConnectionContext connection) => PeerAddress.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);

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
