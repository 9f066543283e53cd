namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>One of several machines. Each takes its share of load and subscriptions and uses its own names.</summary>
/// <param name="Number">The number of this machine, from 1.</param>
/// <param name="Of">The number of machines.</param>
internal readonly record struct MachineShare(int Number, int Of)
{
    public static MachineShare Alone { get; } = new(1, 1);

    /// <summary>This machine's share of a whole number; the shares of all machines add up to it.</summary>
    public int ShareOf(int whole) => (whole / Of) + (Number <= whole % Of ? 1 : 0);
}
