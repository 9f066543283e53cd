using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>
/// The script of a life: a seed for the market and the signup, and a seed for each step. Every step has its own seed, so
/// leaving one out changes no other, and a life that breaks a law shrinks to the steps that matter.
/// </summary>
public sealed record Script(int Market, ImmutableArray<int> Steps)
{
    private const int StepsMax = 80;

    public static Gen<Script> Any { get; } =
        from market in Gen.Choose(0, int.MaxValue - 1)
        from length in Gen.Choose(1, StepsMax)
        from steps in Gen.Choose(0, int.MaxValue - 1).ArrayOf(length)
        select new Script(market, [.. steps]);

    /// <summary>The script without a part of its steps: halves first, single steps last.</summary>
    public static IEnumerable<Script> Shrink(Script script)
    {
        for (var length = script.Steps.Length; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= script.Steps.Length; from += length)
                yield return script with { Steps = script.Steps.RemoveRange(from, length) };
        }
    }

    /// <summary>The code that reproduces the life.</summary>
    public override string ToString() => $"RandomLife.Live(new Script({Market}, [{string.Join(", ", Steps)}]))";
}
