using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>The outcome of waking a due subscription.</summary>
internal abstract record WakeOutcome
{
    /// <summary>The subscription moved on.</summary>
    public static readonly WakeOutcome Moved = new MovedOutcome();

    /// <summary>Not the subscription's fault: the database or a silo does not answer.</summary>
    public static readonly WakeOutcome Unavailable = new UnavailableOutcome();

    private WakeOutcome() { }

    /// <summary>Converts the result of the wake command.</summary>
    public static WakeOutcome Of(CommandResult result, StoredSubscription due) => result switch
    {
        CommandResult.Accepted accepted when accepted.State.Version > due.Version => Moved,
        CommandResult.Accepted => new Failed("It is due, but finds nothing to do."),
        CommandResult.Refused refused => new Failed($"Its wake is refused: {refused.Refusal.Code}."),
        CommandResult.Unavailable { Code: CommandResult.NotStored } unavailable => new Failed(unavailable.Detail),
        _ => Unavailable,
    };

    /// <summary>The subscription failed for a reason of its own.</summary>
    /// <param name="Reason">The reason, for the operator.</param>
    public sealed record Failed(string Reason) : WakeOutcome;

    private sealed record MovedOutcome : WakeOutcome;

    private sealed record UnavailableOutcome : WakeOutcome;
}
