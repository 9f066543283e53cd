namespace OrleansBilling.Delivery.Webhooks;

/// <summary>
/// Slots that are given in turn to the owners who wait for one. Who has much to do waits for itself, and nobody has to wait for it:
/// no owner holds more than its share, however slow it is.
/// </summary>
/// <param name="max">How many there are.</param>
/// <param name="ofOwnerMax">The most that one owner holds.</param>
internal sealed class FairSlots(int max, int ofOwnerMax)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Owner> owners = new(StringComparer.Ordinal);

    /// <summary>Those who wait and may have more, in the order in which they are next. Each is in it once.</summary>
    private readonly Queue<Owner> turns = new();

    private int free = max;

    /// <summary>Whether nobody holds one or waits for one.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate) return owners.Count == 0;
        }
    }

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public ValueTask<Slot> TakeAsync(string ownerName, CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        Owner owner;
        lock (gate)
        {
            if (!owners.TryGetValue(ownerName, out owner!)) owners.Add(ownerName, owner = new Owner(ownerName));
            if (free > 0 && owner.Held < ofOwnerMax)
            {
                Give(owner);
                return new(new Slot(this, owner));
            }

            owner.Waiting.Enqueue(place = new(TaskCreationOptions.RunContinuationsAsynchronously));
            Queue(owner);
        }

        return WaitAsync(place, owner, cancellationToken);
    }

    private async ValueTask<Slot> WaitAsync(TaskCompletionSource place, Owner owner, CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(() => place.TrySetCanceled(cancellationToken))) await place.Task;
        return new Slot(this, owner);
    }

    private void Release(Owner owner)
    {
        lock (gate)
        {
            owner.Held--;
            free++;
            Queue(owner);
            while (free > 0 && turns.TryDequeue(out var next)) Serve(next);
            if (owner.IsIdle) owners.Remove(owner.Name);
        }
    }

    /// <summary>Gives the owner one slot, for the first who still waits.</summary>
    private void Serve(Owner owner)
    {
        owner.IsInTurn = false;
        while (owner.Waiting.TryDequeue(out var place))
        {
            if (!place.TrySetResult()) continue;
            Give(owner);
            Queue(owner);
            return;
        }

        if (owner.IsIdle) owners.Remove(owner.Name);
    }

    private void Give(Owner owner)
    {
        owner.Held++;
        free--;
    }

    private void Queue(Owner owner)
    {
        if (owner.IsInTurn || owner.Waiting.Count == 0 || owner.Held >= ofOwnerMax) return;
        owner.IsInTurn = true;
        turns.Enqueue(owner);
    }

    /// <summary>A slot that is held until it is disposed of.</summary>
    internal readonly struct Slot(FairSlots slots, Owner owner) : IDisposable
    {
        public void Dispose() => slots.Release(owner);
    }

    /// <summary>What one owner holds and waits for.</summary>
    internal sealed class Owner(string name)
    {
        public string Name => name;

        public Queue<TaskCompletionSource> Waiting { get; } = new();

        public int Held { get; set; }

        public bool IsInTurn { get; set; }

        public bool IsIdle => Held == 0 && Waiting.Count == 0 && !IsInTurn;
    }
}
