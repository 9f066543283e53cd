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

    /// <summary>
    /// How long the first try of a command waits for its answer, if the command is safe to repeat. A silo that hangs is left
    /// long before it is declared dead. Each further try waits twice as long, so that a cluster that is only slow does not get
    /// more and more work.
    /// </summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(1);

    private static readonly CommandResult.Unavailable Busy = new("busy", "Too many commands are waiting for this subscription.");
    private static readonly CommandResult.Unavailable NotDone = new(
        "unavailable", "No silo of the cluster accepts the command; nothing was done.");

    private readonly long startedAt = time.GetTimestamp();
    private TimeSpan pause = FirstPause;
    private TimeSpan wait = FirstWait;
    private bool mayBeDone;

    private readonly bool Repeatable => envelope.Idempotency is not null || envelope.Caller.Role == Role.System;

    /// <summary>
    /// How long this try waits for its answer. Null leaves it to the response timeout: who must not repeat a command waits as
    /// long as there is hope.
    /// </summary>
    public readonly TimeSpan? Wait => Repeatable ? wait : null;

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
        wait = wait * 2 < LastWait ? wait * 2 : LastWait;
        pause = pause * 2 < LastPause ? pause * 2 : LastPause;
        return Task.Delay(now, time, cancellationToken);
    }
}
