namespace OrleansBilling.Simulation.Laws;

/// <summary>A law does not hold.</summary>
public sealed class BrokenLawException(string law) : Exception(law);
