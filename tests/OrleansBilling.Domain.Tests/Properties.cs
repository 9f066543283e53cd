using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansBilling.Domain.Tests;

/// <summary>
/// Checks properties with a fixed seed, so that a run is reproducible. A failure prints the seed and the case. To run other
/// cases: PROPERTY_SEED=7 dotnet test.
/// </summary>
public static class Properties
{
    private static readonly ulong Seed = ulong.Parse(
        Environment.GetEnvironmentVariable("PROPERTY_SEED") ?? "20240131", CultureInfo.InvariantCulture);
    private const ulong Gamma = 9_007_199_254_740_993;

    /// <summary>The property must hold for every case of <paramref name="cases"/>.</summary>
    public static void Hold<T>(Gen<T> cases, Func<T, bool> property, int count = 1_000) =>
        Prop.ForAll(cases.ToArbitrary(), property).Check(Configuration(count));

    /// <summary>Every case must pass without an exception. A failing case is shrunk first. Cases run in parallel.</summary>
    public static void Hold<T>(Gen<T> cases, Func<T, IEnumerable<T>> shrink, Action<T> passes, int count)
    {
        var sideBySide = new ParallelRunConfig(Environment.ProcessorCount);
        Prop.ForAll(Arb.From(cases, shrink), passes).Check(Configuration(count).WithParallelRunConfig(sideBySide));
    }

    private static Config Configuration(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(Seed, Gamma);
}
