using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>Simulations in memory, with the contract of the stored ones. Several runners may share it.</summary>
internal sealed class MemorySimulations : ISimulationStore
{
    private readonly Lock gate = new();
    private readonly List<Row> rows = [];

    public ValueTask<SubmissionOutcome> AddAsync(StoredSimulation asked, int waitingMax, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (rows.Exists(row => row.Stored.Id == asked.Id)) return new(SubmissionOutcome.Known);
            var waiting = rows.Where(row => row.Stored.Status == SimulationStatus.Queued).ToList();
            if (waiting.Count >= waitingMax || waiting.Exists(row => row.Owner == asked.Origin.Owner)) return new(SubmissionOutcome.Full);
            rows.Add(new Row(asked));
            return new(SubmissionOutcome.Taken);
        }
    }

    public ValueTask<StoredSimulation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate) return new(rows.Find(row => row.Stored.Id == id)?.Stored);
    }

    public ValueTask<IReadOnlyList<StoredSimulation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
            return new(
                [.. Enumerable.Reverse(rows).Where(row => owner is null || row.Owner == owner).Take(limit)
                    .Select(row => row.Stored with { Result = null })]);
    }

    public ValueTask<StoredSimulation?> TakeAsync(SimulationLease lease, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var next = rows
                .Where(row => row.IsFree(lease) && !rows.Exists(other => other != row && other.Owner == row.Owner && other.IsHeld(lease)))
                .OrderBy(row => rows.Where(other => other.Owner == row.Owner).Max(other => other.StartedAt)).FirstOrDefault();
            if (next is null) return default;
            next.Lease = lease;
            next.StartedAt = rows.Max(row => row.StartedAt) + 1;
            next.Stored = next.Stored with { Status = SimulationStatus.Running, Starts = next.Stored.Starts + 1, Done = 0 };
            return new(next.Stored);
        }
    }

    public ValueTask<bool> RenewAsync(string id, SimulationLease lease, long done, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Held(id, lease.Runner) is not { } row) return new(false);
            row.Lease = lease;
            row.Stored = row.Stored with { Done = done };
            return new(true);
        }
    }

    public ValueTask ReleaseAsync(string id, string runner, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Held(id, runner) is not { } row) return default;
            row.Lease = default;
            row.Stored = row.Stored with { Starts = row.Stored.Starts - 1 };
            return default;
        }
    }

    public ValueTask EndAsync(StoredSimulation ended, string runner, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Held(ended.Id, runner) is { } row) row.Stored = ended;
            return default;
        }
    }

    public ValueTask CancelAsync(string id, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (rows.Find(row => row.Stored.Id == id && row.IsUnfinished) is { } row)
                row.Stored = row.Stored with { Status = SimulationStatus.Canceled };
            return default;
        }
    }

    public ValueTask PruneAsync(string owner, SimulationBounds bounds, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var kept = rows.Where(row => row.Owner == owner).TakeLast(bounds.Count).ToHashSet();
            rows.RemoveAll(row => row.Owner == owner && !row.IsUnfinished && !kept.Contains(row));
            return default;
        }
    }

    private Row? Held(string id, string runner) =>
        rows.Find(row => row.Stored.Id == id && row.Stored.Status == SimulationStatus.Running && row.Lease.Runner == runner);

    private sealed class Row(StoredSimulation stored)
    {
        public StoredSimulation Stored { get; set; } = stored;

        public SimulationLease Lease { get; set; }

        public int StartedAt { get; set; }

        public string Owner => Stored.Origin.Owner;

        public bool IsUnfinished => Stored.Status is SimulationStatus.Queued or SimulationStatus.Running;

        public bool IsFree(SimulationLease at) =>
            Stored.Status == SimulationStatus.Queued || (Stored.Status == SimulationStatus.Running && Lease.Until < at.Now);

        public bool IsHeld(SimulationLease at) => Stored.Status == SimulationStatus.Running && Lease.Until >= at.Now;
    }
}
