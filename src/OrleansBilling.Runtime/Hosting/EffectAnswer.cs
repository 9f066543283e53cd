namespace OrleansBilling.Runtime.Hosting;

/// <summary>What an effect has to know of a command that it sent.</summary>
/// <param name="IsOver">Whether it is over: accepted, or refused for good. Otherwise it may be sent again.</param>
/// <param name="Refusal">The code of the refusal; null when it was not refused.</param>
internal readonly record struct EffectAnswer(bool IsOver, string? Refusal)
{
    public static EffectAnswer Of(CommandResult result) => result switch
    {
        CommandResult.Accepted => new EffectAnswer(true, null),
        CommandResult.Refused refused => new EffectAnswer(true, refused.Refusal.Code),
        _ => default,
    };
}
