namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>Cancels every subscription immediately, one after another, until none is left.</summary>
internal sealed class CancellationStorm(int count) : IWorkload
{
    public LoadCommand? Next(long number) => number < count ? new LoadCommand(LoadKind.CancelNow, (int)number) : null;
}
