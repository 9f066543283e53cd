namespace OrleansBilling.LoadTests.Scenarios;

/// <summary>Which of several machines this one is; each takes its share of load and subscriptions, under names of its own.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Of">How many.</param>
internal readonly record struct MachineShare(int Number, int Of)
{
    public static MachineShare Alone { get; } = new(1, 1);

    /// <summary>This machine's part of a whole; the parts sum to it.</summary>
    public int ShareOf(int whole) => (whole / Of) + (Number <= whole % Of ? 1 : 0);
}
