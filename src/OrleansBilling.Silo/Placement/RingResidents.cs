namespace OrleansBilling.Silo.Placement;

/// <summary>The live grains of this silo that the <see cref="RingDirectory"/> places. It finds those that now belong elsewhere.</summary>
internal sealed class RingResidents(RingMembers members)
{
    private readonly Lock gate = new();
    private RingGrain? first;
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add(RingGrain grain)
    {
        lock (gate)
        {
            grain.Next = first;
            if (first is not null) first.Previous = grain;
            first = grain;
            count++;
        }
    }

    public void Remove(RingGrain grain)
    {
        lock (gate)
        {
            if (grain.Previous is not null) grain.Previous.Next = grain.Next;
            else if (first == grain) first = grain.Next;
            else return;
            if (grain.Next is not null) grain.Next.Previous = grain.Previous;
            (grain.Next, grain.Previous) = (null, null);
            count--;
        }
    }

    /// <summary>The live grains that another silo owns by now.</summary>
    public IEnumerable<RingGrain> FindMoved() => All().Where(grain => members.IsElsewhere(grain.GetGrainId()));

    private RingGrain[] All()
    {
        lock (gate)
        {
            var all = new RingGrain[count];
            var n = 0;
            for (var grain = first; grain is not null; grain = grain.Next) all[n++] = grain;
            return all;
        }
    }
}

/// <summary>A grain that the ring places. It is in the list of its silo's residents while it lives.</summary>
internal abstract class RingGrain(RingResidents residents) : Grain
{
    internal RingGrain? Next { get; set; }

    internal RingGrain? Previous { get; set; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        residents.Add(this);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        residents.Remove(this);
        return Task.CompletedTask;
    }
}
