using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime.Messaging;

namespace OrleansBilling.Silo.Calls;

/// <summary>What the failure of a grain call means for the command.</summary>
internal enum CallFault
{
    /// <summary>The call did not reach the grain; nothing was done.</summary>
    NotDone,

    /// <summary>A bounded queue is full; nothing was done.</summary>
    Busy,

    /// <summary>A silo was lost in flight or did not answer in time. The command may or may not have been done.</summary>
    Unknown,
}

/// <summary>Distinguishes faults of the cluster from bugs in a grain.</summary>
internal static class CallFaults
{
    /// <summary>The fault; null if the grain itself threw, which is a bug.</summary>
    public static CallFault? Of(Exception exception) => exception switch
    {
        GatewayTooBusyException or LimitExceededException => CallFault.Busy,
        // Also thrown for a call that was in flight when its silo was declared dead.
        SiloUnavailableException => CallFault.Unknown,
        OrleansMessageRejectionException or ConnectionFailedException => CallFault.NotDone,
        OrleansException or TimeoutException or ConnectionAbortedException or ConnectionResetException or SocketException or IOException =>
            CallFault.Unknown,
        // The client, or a dependency of the silo, was closed during the call.
        ObjectDisposedException => CallFault.Unknown,
        _ => null,
    };
}
