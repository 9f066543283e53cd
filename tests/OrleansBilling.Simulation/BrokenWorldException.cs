namespace OrleansBilling.Simulation;

/// <summary>A world in which a law is broken or something failed.</summary>
public sealed class BrokenWorldException(int seed, Exception cause) : Exception(
    $"Seed {seed}: {cause.Message} To see it again: dotnet run -c Release --project tests/OrleansBilling.Simulation -- --minutes 0 --seed {seed}", cause);
