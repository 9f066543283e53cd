using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Silo.Wire;

/// <summary>
/// What became of a command that an effect sent. Nobody looks at the subscription behind it, so it stays where it is: between
/// processes its snapshot would be most of the message.
/// </summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.effect_answer")]
internal sealed record EffectMessage
{
    /// <summary>Whether it is over: accepted, or refused for good.</summary>
    [Id(0)]
    public required bool IsOver { get; init; }

    /// <summary>Why it was refused; null when it was not.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    public static EffectMessage Of(CommandResult result)
    {
        var answer = EffectAnswer.Of(result);
        return new EffectMessage { IsOver = answer.IsOver, Refusal = answer.Refusal };
    }

    public EffectAnswer Answer => new(IsOver, Refusal);
}
