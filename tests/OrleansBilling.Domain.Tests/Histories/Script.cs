using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>
/// What makes a life: the number that rolls the market and the signup, and a number for each step. Every step rolls its
/// own dice, so that leaving one out changes no other, and a story that breaks a law shrinks to the steps that matter.
/// </summary>
public sealed record Script(int Market, ImmutableArray<int> Steps)
{
    private const int StepsMax = 80;

    public static Gen<Script> Any { get; } =
        from market in Gen.Choose(0, int.MaxValue - 1)
        from length in Gen.Choose(1, StepsMax)
        from steps in Gen.Choose(0, int.MaxValue - 1).ArrayOf(length)
        select new Script(market, [.. steps]);

    /// <summary>The same script without a stretch of its steps: halves first, single steps last.</summary>
    public static IEnumerable<Script> Shrink(Script script)
    {
        for (var length = script.Steps.Length; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= script.Steps.Length; from += length)
                yield return script with { Steps = script.Steps.RemoveRange(from, length) };
        }
    }

    /// <summary>What to type to see it again.</summary>
    public override string ToString() => $"RandomLife.Live(new Script({Market}, [{string.Join(", ", Steps)}]))";
}
