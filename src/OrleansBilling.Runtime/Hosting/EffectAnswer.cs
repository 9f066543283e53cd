namespace OrleansBilling.Runtime.Hosting;

/// <summary>What an effect needs to know about the result of its command.</summary>
/// <param name="IsOver">Whether the command was accepted or finally refused. Otherwise it may be sent again.</param>
/// <param name="Refusal">The code of the refusal; null when the command was not refused.</param>
internal readonly record struct EffectAnswer(bool IsOver, string? Refusal)
{
    public static EffectAnswer Of(CommandResult result) => result switch
    {
        CommandResult.Accepted => new EffectAnswer(true, null),
        CommandResult.Refused refused => new EffectAnswer(true, refused.Refusal.Code),
        _ => default,
    };
}
