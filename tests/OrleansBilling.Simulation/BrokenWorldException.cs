namespace OrleansBilling.Simulation;

/// <summary>A simulated world broke a law or failed.</summary>
public sealed class BrokenWorldException(int seed, Exception cause) : Exception(
    $"Seed {seed}: {cause.Message} To reproduce it: " +
    $"dotnet run -c Release --project tests/OrleansBilling.Simulation -- --minutes 0 --seed {seed}", cause);
