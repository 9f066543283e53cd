using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;

namespace OrleansBilling.Silo.Calls;

/// <summary>How often, and for how long, one command is sent again after faults of the cluster.</summary>
/// <param name="envelope">The command.</param>
/// <param name="time">Operational time.</param>
internal struct Tries(CommandEnvelope envelope, TimeProvider time)
{
    /// <summary>The result when nobody knows whether the command took effect.</summary>
    public static readonly CommandResult.Unavailable Unknown = new(
        "unknown", "The silo was lost while the command was in flight; repeat it with the same Idempotency-Key.");

    /// <summary>How long to retry after a lost silo. Longer than it takes to declare the silo dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(1);

    private static readonly CommandResult.Unavailable Busy = new("busy", "Too many commands are waiting for this subscription.");
    private static readonly CommandResult.Unavailable NotDone = new(
        "unavailable", "No silo of the cluster accepts the command; nothing was done.");

    private readonly long startedAt = time.GetTimestamp();
    private TimeSpan pause = FirstPause;
    private bool mayBeDone;

    private readonly bool Repeatable => envelope.Idempotency is not null || envelope.Caller.Role == Role.System;

    /// <summary>The result to give up with after a fault; null to try again.</summary>
    public CommandResult.Unavailable? EndAfter(CallFault fault)
    {
        mayBeDone |= fault == CallFault.Unknown;
        if (fault == CallFault.Busy && !mayBeDone) return Busy;
        if (mayBeDone && !Repeatable) return Unknown;
        if (time.GetElapsedTime(startedAt) <= Patience) return null;
        return mayBeDone ? Unknown : NotDone;
    }

    /// <summary>Waits before the next try, each time twice as long, up to a second.</summary>
    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var now = pause;
        pause = pause * 2 < LastPause ? pause * 2 : LastPause;
        return Task.Delay(now, time, cancellationToken);
    }
}
