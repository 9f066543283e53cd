using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace OrleansBilling.Silo.Calls;

/// <summary>What a failed call to a grain says about what it asked for.</summary>
internal enum CallFault
{
    /// <summary>It never reached the grain; nothing was done.</summary>
    NotDone,

    /// <summary>A bounded queue is full; nothing was done.</summary>
    Busy,

    /// <summary>A silo was lost in flight, or did not answer in time: it may or may not have been done.</summary>
    Unknown,
}

/// <summary>Tells faults of the cluster from bugs of the grain.</summary>
internal static class CallFaults
{
    /// <summary>The fault, or null when the grain itself threw: that is a bug.</summary>
    public static CallFault? Of(Exception exception) => exception switch
    {
        GatewayTooBusyException or LimitExceededException => CallFault.Busy,
        // Also given for a call that was under way when its silo was declared dead.
        SiloUnavailableException => CallFault.Unknown,
        OrleansMessageRejectionException or ConnectionFailedException => CallFault.NotDone,
        OrleansException or TimeoutException or ConnectionAbortedException or ConnectionResetException or SocketException or IOException =>
            CallFault.Unknown,
        // The client, or what the silo works with, was closed meanwhile.
        ObjectDisposedException => CallFault.Unknown,
        _ => null,
    };
}
