using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Hosting;

namespace OrleansBilling.Silo.Wire;

/// <summary>
/// The result of a command sent by an effect. An effect does not need the subscription's state, so the state is left out:
/// between processes it would be most of the message.
/// </summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.effect_answer")]
internal sealed record EffectMessage
{
    /// <summary>Whether the command is settled: accepted, or refused for good.</summary>
    [Id(0)]
    public required bool IsOver { get; init; }

    /// <summary>Why it was refused; null if it was not.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    public static EffectMessage Of(CommandResult result)
    {
        var answer = EffectAnswer.Of(result);
        return new EffectMessage { IsOver = answer.IsOver, Refusal = answer.Refusal };
    }

    public EffectAnswer Answer => new(IsOver, Refusal);
}
