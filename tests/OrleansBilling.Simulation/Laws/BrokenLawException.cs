namespace OrleansBilling.Simulation.Laws;

public sealed class BrokenLawException(string law) : Exception(law);
