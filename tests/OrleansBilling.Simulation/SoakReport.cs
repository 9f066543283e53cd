using NodaTime;
using OrleansBilling.Simulation.Lives;

namespace OrleansBilling.Simulation;

/// <summary>The totals of a soak.</summary>
/// <param name="Worlds">Worlds, one seed each.</param>
/// <param name="Simulated">Simulated time of all worlds.</param>
/// <param name="Acknowledged">Commands that were accepted.</param>
/// <param name="Faults">Failed commits and reads, answers that were held back, lost processes.</param>
/// <param name="LawsChecked">Single checks of one law on one thing.</param>
public sealed record SoakReport(int Worlds, Duration Simulated, long Acknowledged, long Faults, long LawsChecked)
{
    /// <summary>Years of 365.25 days.</summary>
    public double SimulatedYears => Simulated.TotalDays / 365.25;

    internal SoakReport With(World world) => new(
        Worlds + 1, Simulated + world.Passed, Acknowledged + world.AcknowledgedCount, Faults + world.Faults,
        LawsChecked + world.Laws.Checked);
}
