using NodaTime;
using OrleansBilling.Simulation.Lives;

namespace OrleansBilling.Simulation;

/// <summary>What a soak did.</summary>
/// <param name="Worlds">Worlds, a seed each.</param>
/// <param name="Simulated">Time that passed in all of them.</param>
/// <param name="Acknowledged">Commands that were accepted.</param>
/// <param name="Faults">Commits and reads that failed, answers that were kept back, processes that were lost.</param>
/// <param name="LawsChecked">Checks, each of one law on one thing.</param>
public sealed record SoakReport(int Worlds, Duration Simulated, long Acknowledged, long Faults, long LawsChecked)
{
    /// <summary>Years of 365.25 days.</summary>
    public double SimulatedYears => Simulated.TotalDays / 365.25;

    internal SoakReport With(World world) => new(
        Worlds + 1, Simulated + world.Passed, Acknowledged + world.AcknowledgedCount, Faults + world.Faults,
        LawsChecked + world.Laws.Checked);
}
